// SPDX-License-Identifier: GPL-3.0-or-later
// The shapes of Firehose: patterns whose meaning RE2 must be told in its own syntax.
#include "core/api/decode.h"

namespace streamwright::firehose {

std::string_view shapesText();

namespace {

const api::ShapeTable& shapes()
{
    static const api::ShapeTable table(shapesText());
    return table;
}

bool tagKeyFits(const std::string& key)
{
    std::string body = R"({"DeliveryStreamName":"d","Tags":[{"Key":")" + key + R"("}]})";
    api::Document document;
    EXPECT_TRUE(api::decodeJson(body, document));
    return !api::validate(document, *shapes().find("TagDeliveryStream")->input, api::Wire::Json);
}

TEST(FirehoseShapes, TagKeysDoNotBeginWithAws)
{
    for (const char* good : {"a", "aw", "aws", "awsx", "aws-x:", "a:", "aw:", "b", "ü", "aü", " ",
                             ":aws:", "xaws:", "1", "AWS:x", "a1", "aw1"})
        EXPECT_TRUE(tagKeyFits(good)) << good;
    for (const char* bad : {"aws:", "aws:x", "", "a!", "!", "aw!", "aws!"})
        EXPECT_FALSE(tagKeyFits(bad)) << bad;
}

TEST(FirehoseShapes, BlankTextsAreRefused)
{
    const auto fits = [](const std::string& name) {
        std::string body =
            R"({"DeliveryStreamName":"d","HttpEndpointDestinationConfiguration":{"EndpointConfiguration":{"Url":)"
            R"("https://x","Name":")" +
            name +
            R"("},"S3Configuration":{"RoleARN":"arn:aws:iam::000000000000:role/r","BucketARN":"arn:aws:s3:::b"}}})";
        api::Document document;
        EXPECT_TRUE(api::decodeJson(body, document));
        return !api::validate(document, *shapes().find("CreateDeliveryStream")->input, api::Wire::Json);
    };
    EXPECT_TRUE(fits(" a "));
    EXPECT_FALSE(fits("   "));
}

TEST(FirehoseShapes, PutRecordBatchTakesOneTo500)
{
    const auto fits = [](int count) {
        std::string body = R"({"DeliveryStreamName":"d","Records":[)";
        for (int i = 0; i < count; ++i)
            body += i ? R"(,{"Data":""})" : R"({"Data":""})";
        body += "]}";
        api::Document document;
        EXPECT_TRUE(api::decodeJson(body, document));
        return !api::validate(document, *shapes().find("PutRecordBatch")->input, api::Wire::Json);
    };
    EXPECT_TRUE(fits(1) && fits(500));
    EXPECT_FALSE(fits(0) || fits(501));
}

} // namespace
} // namespace streamwright::firehose
