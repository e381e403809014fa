// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/request_words.h"

#include <gtest/gtest.h>

namespace streamwright {

namespace {

RequestLogEntry answered(int status, const std::string& error = "")
{
    RequestLogEntry entry;
    entry.status = status;
    entry.error = error;
    return entry;
}

} // namespace

TEST(RequestWords, ALimitIsNoFaultOfTheClient)
{
    EXPECT_EQ(fateOf(answered(200)), RequestFate::Done);
    EXPECT_EQ(fateOf(answered(400, "ProvisionedThroughputExceededException")), RequestFate::Limited);
    EXPECT_EQ(fateOf(answered(503, "ServiceUnavailableException")), RequestFate::Limited);
    EXPECT_EQ(fateOf(answered(400, "ResourceNotFoundException")), RequestFate::Refused);
    EXPECT_EQ(fateOf(answered(500, "InternalFailure")), RequestFate::Failed);
}

TEST(RequestWords, DurationsHaveTheDigitsThatMatter)
{
    using std::chrono::microseconds;
    EXPECT_EQ(durationInWords(microseconds(423)), "0.42 ms");
    EXPECT_EQ(durationInWords(microseconds(4230)), "4.2 ms");
    EXPECT_EQ(durationInWords(microseconds(850'400)), "850 ms");
    EXPECT_EQ(durationInWords(microseconds(20'123'000)), "20.1 s");
}

TEST(RequestWords, TheFirstCommandNeedsNothingSetUp)
{
    EndpointOptions options;
    EXPECT_EQ(firstCommand("http://127.0.0.1:4566", options),
              "AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any aws --endpoint-url http://127.0.0.1:4566 --region "
              "us-east-1 kinesis list-streams");
    options.auth = true;
    options.region = "eu-west-1";
    EXPECT_EQ(firstCommand("http://10.0.0.1:80", options),
              "aws --endpoint-url http://10.0.0.1:80 --region eu-west-1 kinesis list-streams");
}

} // namespace streamwright
