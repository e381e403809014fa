// SPDX-License-Identifier: GPL-3.0-or-later
// The shapes of Kinesis, against the limits of the spec sheet (kinesis-data-streams.md, sections 1, 2 and 4).
#include "core/api/decode.h"
#include "core/base/base64.h"

namespace streamwright::kinesis {

std::string_view shapesText();

namespace {

const api::ShapeTable& shapes()
{
    static const api::ShapeTable table(shapesText());
    return table;
}

std::string answer(std::string_view action, std::string body)
{
    api::Document document;
    EXPECT_TRUE(api::decodeJson(body, document)) << body;
    const auto error = api::validate(document, *shapes().find(action)->input, api::Wire::Json);
    return error ? error->code + ": " + error->message : "";
}

std::string putRecords(int count)
{
    std::string body = R"({"StreamName":"s","Records":[)";
    for (int i = 0; i < count; ++i)
        body += std::string(i ? "," : "") + R"({"Data":"","PartitionKey":"k"})";
    return body + "]}";
}

TEST(KinesisShapes, EveryActionOfTheModelIsThere)
{
    EXPECT_GE(shapes().actions().size(), 29u);
    for (const char* action :
         {"PutRecord", "GetRecords", "SubscribeToShard", "ListShards", "TagResource", "UpdateMaxRecordSize"})
        EXPECT_TRUE(shapes().find(action)) << action;
}

TEST(KinesisShapes, PutRecordsTakesOneTo500)
{
    EXPECT_EQ(answer("PutRecords", putRecords(500)), "");
    EXPECT_NE(answer("PutRecords", putRecords(501)).find("Member must have length less than or equal to 500"),
              std::string::npos);
    EXPECT_NE(answer("PutRecords", putRecords(0)).find("Member must have length greater than or equal to 1"),
              std::string::npos);
}

TEST(KinesisShapes, AStreamIsNamedByItsNameItsArnOrBoth)
{
    EXPECT_EQ(answer("DescribeStream", "{}"), ""); // the action refuses it
    EXPECT_EQ(answer("DescribeStream", R"({"StreamARN":"arn:aws:kinesis:us-east-1:000000000000:stream/s"})"), "");
    EXPECT_EQ(answer("DescribeStream", R"({"StreamARN":"s"})"),
              "ValidationException: 1 validation error detected: Value 's' at 'streamARN' failed to satisfy "
              "constraint: Member must "
              "satisfy regular expression pattern: arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+");
    EXPECT_EQ(answer("CreateStream", "{}"),
              "ValidationException: 1 validation error detected: Value null at 'streamName' failed to "
              "satisfy constraint: Member must not be null");
}

TEST(KinesisShapes, ARecordMayHaveTenMebibytes)
{
    const auto put = [](std::size_t bytes) {
        std::string body = R"({"StreamName":"s","PartitionKey":"k","Data":")";
        appendBase64(body, std::string(bytes, 'x'));
        return answer("PutRecord", body + "\"}");
    };
    EXPECT_EQ(put(10 << 20), "");
    EXPECT_NE(put((10 << 20) + 1).find("Member must have length less than or equal to 10485760"), std::string::npos);
}

TEST(KinesisShapes, HashKeysAndSequenceNumbersAreDecimal)
{
    const auto put = [](const std::string& key) {
        return answer("PutRecord",
                      R"({"StreamName":"s","PartitionKey":"k","Data":"","ExplicitHashKey":")" + key + "\"}");
    };
    for (const char* good : {"0", "1", "340282366920938463463374607431768211455"})
        EXPECT_EQ(put(good), "") << good;
    for (const char* bad : {"", "00", "-1", "1a", "1000000000000000000000000000000000000000"})
        EXPECT_NE(put(bad).find("Member must satisfy regular expression pattern: 0|([1-9]\\d{0,38})"),
                  std::string::npos)
            << bad;
}

} // namespace
} // namespace streamwright::kinesis
