// SPDX-License-Identifier: GPL-3.0-or-later
// Signature Version 4, against what botocore's own signer makes (signature_vectors.json).
#include "plugins/endpoint/signature.h"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "core/base/json.h"

namespace streamwright::endpoint {
namespace {

struct Vectors {
    Vectors()
    {
        std::stringstream text;
        text << std::ifstream("tests/plugins/endpoint/signature_vectors.json").rdbuf();
        const Json table = parseJson(text.str()).value();
        keys[table["key"].get<std::string>()] = table["secret"].get<std::string>();
        now = WallTime(std::chrono::seconds(table["now"].get<std::int64_t>()));
        for (const auto& vector : table["vectors"]) {
            HttpRequest request;
            request.method = vector["method"].get<std::string>();
            request.target = vector["target"].get<std::string>();
            request.body = vector["body"].get<std::string>();
            for (const auto& [name, value] : vector["headers"].items())
                request.headers.add(name, value.get<std::string>());
            requests.emplace(vector["name"].get<std::string>(),
                             std::pair(vector["service"].get<std::string>(), request));
        }
    }
    std::string check(const std::string& name, WallTime at) const { return check(requests.at(name).second, name, at); }
    std::string check(const HttpRequest& request, const std::string& name, WallTime at) const
    {
        const auto error = checkSignature(request, signerOf(request), keys, requests.at(name).first, at);
        return error ? error->code + "/" + error->queryCode + ": " + error->message : "";
    }

    Keys keys;
    WallTime now;
    std::map<std::string, std::pair<std::string, HttpRequest>> requests;
};

bool begins(const std::string& text, const std::string& with) { return text.compare(0, with.size(), with) == 0; }

TEST(SignatureTest, WhatAnotherSignerSignedIsGood)
{
    const Vectors vectors;
    EXPECT_GE(vectors.requests.size(), 7u);
    for (const auto& [name, request] : vectors.requests)
        EXPECT_EQ(vectors.check(name, vectors.now), "") << name << "\n"
                                                        << canonicalRequest(request.second, signerOf(request.second));
}

TEST(SignatureTest, WhatWasChangedOnTheWayIsNot)
{
    const Vectors vectors;
    for (const auto& [name, signedRequest] : vectors.requests) {
        for (const int part : {0, 1, 2}) {
            auto request = signedRequest.second;
            if (part == 0)
                request.body += "x";
            else if (part == 1)
                request.method = "PUT";
            else
                request.target += request.query().empty() ? "?x=1" : "&x=1";
            EXPECT_TRUE(begins(vectors.check(request, name, vectors.now),
                               "InvalidSignatureException/SignatureDoesNotMatch: The request signature we calculated"))
                << name << part;
        }
    }
}

TEST(SignatureTest, ClocksMayDifferByFifteenMinutes)
{
    const Vectors vectors;
    const auto minutes = [](int n) { return std::chrono::minutes(n); };
    EXPECT_EQ(vectors.check("json", vectors.now + minutes(15)), "");
    EXPECT_EQ(vectors.check("json", vectors.now - minutes(15)), "");
    EXPECT_EQ(
        vectors.check("json", vectors.now + minutes(16)),
        "InvalidSignatureException/SignatureDoesNotMatch: Signature expired: 20261123T151058Z is now earlier than "
        "20261123T151158Z (20261123T152658Z - 15 min.)");
    EXPECT_EQ(vectors.check("json", vectors.now - minutes(16)),
              "InvalidSignatureException/SignatureDoesNotMatch: Signature not yet current: 20261123T151058Z is still "
              "later than 20261123T150958Z (20261123T145458Z + 15 min.)");
}

TEST(SignatureTest, APresignedRequestHoldsAsLongAsItSays)
{
    const Vectors vectors;
    EXPECT_EQ(vectors.check("presigned", vectors.now + std::chrono::seconds(600)), "");
    EXPECT_TRUE(begins(vectors.check("presigned", vectors.now + std::chrono::seconds(601)), "RequestExpired"));
}

TEST(SignatureTest, TheErrorSaysWhatIsWrong)
{
    Vectors vectors;
    const auto with = [&](const std::string& authorization) {
        HttpRequest request;
        request.method = "POST";
        request.target = "/";
        request.headers.add("Authorization", authorization);
        request.headers.add("X-Amz-Date", "20261123T151058Z");
        return vectors.check(request, "json", vectors.now);
    };
    EXPECT_TRUE(begins(with("Basic abc"), "IncompleteSignatureException/IncompleteSignature: Unsupported"));
    EXPECT_EQ(with("AWS4-HMAC-SHA256 SignedHeaders=host"),
              "IncompleteSignatureException/IncompleteSignature: Authorization header requires 'Credential' parameter. "
              "Authorization header requires 'Signature' parameter. Authorization=AWS4-HMAC-SHA256 SignedHeaders=host");
    const std::string rest = ", SignedHeaders=host, Signature=00";
    EXPECT_TRUE(begins(with("AWS4-HMAC-SHA256 Credential=other/20261123/r/kinesis/aws4_request" + rest),
                       "UnrecognizedClientException/InvalidClientTokenId"));
    const auto scoped = [&](const std::string& scope) {
        return with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE" + scope + rest);
    };
    EXPECT_NE(scoped("/20261123/r/sqs/aws4_request").find("correct service: 'kinesis'"), std::string::npos);
    EXPECT_NE(scoped("/20261123/r/kinesis/aws5").find("valid terminator"), std::string::npos);
    EXPECT_NE(scoped("/20261122/r/kinesis/aws4_request").find("Date in Credential scope"), std::string::npos);
    EXPECT_NE(scoped("").find("correct service"), std::string::npos);
    vectors.keys.begin()->second += "x";
    EXPECT_TRUE(begins(vectors.check("json", vectors.now), "InvalidSignatureException"));
}

TEST(SignatureTest, TheHostMustBeSigned)
{
    const Vectors vectors;
    HttpRequest request;
    request.headers.add("X-Amz-Date", "20261123T151058Z");
    request.headers.add("Authorization", "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/r/kinesis/aws4_request, "
                                         "SignedHeaders=x-amz-date, Signature=00");
    EXPECT_NE(vectors.check(request, "json", vectors.now).find("must be a 'SignedHeader'"), std::string::npos);
}

} // namespace
} // namespace streamwright::endpoint
