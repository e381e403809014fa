// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/request_words.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace streamwright {

namespace {

// As the services name what is over a limit; SDKs try these again by themselves.
constexpr std::array<std::string_view, 6> kLimited = {"ProvisionedThroughputExceededException",
                                                      "LimitExceededException",
                                                      "ThrottlingException",
                                                      "RequestThrottled",
                                                      "OverLimit",
                                                      "ServiceUnavailableException"};

} // namespace

RequestFate fateOf(const RequestLogEntry& entry)
{
    if (entry.status < 400) return RequestFate::Done;
    if (entry.status == 429 || std::find(kLimited.begin(), kLimited.end(), entry.error) != kLimited.end())
        return RequestFate::Limited;
    return entry.status < 500 ? RequestFate::Refused : RequestFate::Failed;
}

std::string durationInWords(std::chrono::microseconds duration)
{
    const double ms = static_cast<double>(duration.count()) / 1000;
    char text[32];
    if (ms < 1)
        std::snprintf(text, sizeof text, "%.2f ms", ms);
    else if (ms < 10)
        std::snprintf(text, sizeof text, "%.1f ms", ms);
    else if (ms < 1000)
        std::snprintf(text, sizeof text, "%.0f ms", ms);
    else
        std::snprintf(text, sizeof text, "%.1f s", ms / 1000);
    return text;
}

std::string firstCommand(const std::string& url, const EndpointOptions& options)
{
    // With signatures checked the client needs keys of its own: a secret is not for the clipboard.
    const std::string keys = options.auth ? "" : "AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any ";
    return keys + "aws --endpoint-url " + url + " --region " + options.region + " kinesis list-streams";
}

} // namespace streamwright
