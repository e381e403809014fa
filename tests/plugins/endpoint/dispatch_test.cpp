// SPDX-License-Identifier: GPL-3.0-or-later
// What clients of the services get: every protocol, every way an action answers, over a real port.
#include <fstream>
#include <gtest/gtest.h>

#include "plugins/endpoint/server.h"
#include "tests/plugins/endpoint/fake_service.h"
#include "tests/plugins/endpoint/gzip.h"
#include "tests/plugins/endpoint/test_client.h"

namespace streamwright::endpoint {
namespace {

const std::string kSigned = "Authorization: AWS4-HMAC-SHA256 Credential=AKID/20260102/eu-west-3/kinesis/aws4_request, "
                            "SignedHeaders=host, Signature=00\r\n";

class DispatchTest : public testing::Test {
protected:
    void serve(EndpointOptions options = {})
    {
        options.port = 0;
        server_ = Server::open(host_, {fakeKinesis(), fakeSqs()}, options, {}, 2).value();
    }
    void SetUp() override { serve(); }

    static std::string request(const std::string& line, const std::string& fields, const std::string& body)
    {
        return line + " HTTP/1.1\r\nHost: streams.test:4566\r\n" + fields +
               "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    static std::string json(const std::string& action, const std::string& body)
    {
        return request("POST /",
                       kSigned + "X-Amz-Target: " + action + "\r\nContent-Type: application/x-amz-json-1.1\r\n", body);
    }
    static std::string form(const std::string& body, const std::string& path = "/")
    {
        return request("POST " + path, kSigned + "Content-Type: application/x-www-form-urlencoded\r\n", body);
    }
    TestAnswer ask(const std::string& text)
    {
        TestClient client(server_->port());
        client.send(text);
        return client.answer();
    }
    TestAnswer askJson(const std::string& action, const std::string& body) { return ask(json(action, body)); }
    FakeState& state() { return *static_cast<api::Host&>(host_).state<FakeState>(); }
    RequestLogEntry lastEntry()
    {
        const auto entries = server_->requests(0);
        return entries.empty() ? RequestLogEntry() : entries.back();
    }

    FakeHost host_;
    std::unique_ptr<Server> server_;
};

TEST_F(DispatchTest, AnActionIsAnsweredInJson)
{
    const auto answer = askJson("Kinesis_20131202.Echo", R"({"Text":"abc","Count":3,"Unknown":null})");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, R"({"Text":"abc","Count":3,"Caller":"000000000000 eu-west-3 http://streams.test:4566"})");
    EXPECT_TRUE(answer.has("Content-Type: application/x-amz-json-1.1\r\n"));
    EXPECT_TRUE(answer.has("x-amzn-RequestId: "));
    EXPECT_TRUE(answer.has("x-amz-id-2: "));
    const auto entry = lastEntry();
    EXPECT_EQ(entry.action, "kinesis.Echo");
    EXPECT_EQ(entry.resource, "abc");
    EXPECT_EQ(entry.status, 200);
    EXPECT_EQ(entry.client.substr(0, 10), "127.0.0.1:");
}

TEST_F(DispatchTest, TheAccessKeyMayBeAnAccount)
{
    auto text = json("Kinesis_20131202.Echo", R"({"Text":"a"})");
    text.replace(text.find("AKID"), 4, "123456789012");
    EXPECT_NE(ask(text).body.find("123456789012 eu-west-3"), std::string::npos);
}

TEST_F(DispatchTest, AnActionIsAnsweredInCbor)
{
    const auto text = [](const std::string& action) {
        return request("POST /",
                       kSigned + "X-Amz-Target: Kinesis_20131202." + action +
                           "\r\nContent-Type: application/x-amz-cbor-1.1\r\n",
                       "\xa1\x64Text\x63"
                       "abc");
    };
    const auto answer = ask(text("Echo"));
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.has("Content-Type: application/x-amz-cbor-1.1\r\n"));
    EXPECT_EQ(Json::from_cbor(answer.body)["Text"], "abc");
    const auto error = ask(text("Refuse"));
    EXPECT_EQ(error.status, 400);
    EXPECT_EQ(Json::from_cbor(error.body)["__type"], "ResourceNotFoundException");
}

TEST_F(DispatchTest, SmithysRpcGoesByThePath)
{
    const auto text = [](const std::string& path) {
        return request("POST " + path, kSigned + "smithy-protocol: rpc-v2-cbor\r\nContent-Type: application/cbor\r\n",
                       "\xa1\x64Text\x63"
                       "abc");
    };
    for (const char* before : {"", "/prefix"}) {
        const auto answer = ask(text(before + std::string("/service/Kinesis_20131202/operation/Echo")));
        EXPECT_EQ(answer.status, 200);
        EXPECT_TRUE(answer.has("Content-Type: application/cbor\r\n"));
        EXPECT_TRUE(answer.has("smithy-protocol: rpc-v2-cbor\r\n"));
        EXPECT_EQ(Json::from_cbor(answer.body)["Text"], "abc");
    }
    const auto error = ask(text("/service/Kinesis_20131202/operation/Refuse"));
    EXPECT_EQ(error.status, 400);
    EXPECT_TRUE(error.has("smithy-protocol: rpc-v2-cbor\r\n"));
    EXPECT_EQ(Json::from_cbor(error.body)["__type"], "ResourceNotFoundException");
    for (const char* path :
         {"/service/Kinesis_20131202/operation/Nothing", "/service/Nobody/operation/Echo", "/operation/Echo",
          "/service/Kinesis_20131202/operation/", "/", "/service/AmazonSQS/operation/Send"}) {
        const auto unknown = ask(text(path));
        EXPECT_EQ(unknown.status, 400) << path;
        EXPECT_TRUE(Json::from_cbor(unknown.body)["__type"].get<std::string>().ends_with("UnknownOperationException"))
            << path;
    }
}

TEST_F(DispatchTest, BodiesMayBeCompressed)
{
    const auto ask = [this](const std::string& body, const std::string& encoding = "gzip") {
        return this->ask(request("POST /",
                                 kSigned + "X-Amz-Target: Kinesis_20131202.Echo\r\nContent-Encoding: " + encoding +
                                     "\r\nContent-Type: application/x-amz-json-1.1\r\n",
                                 body));
    };
    const std::string good = gzip(R"({"Text":"abc"})");
    EXPECT_EQ(ask(good).status, 200);
    EXPECT_EQ(ask(good, "GZIP").status, 200);
    EXPECT_EQ(ask(R"({"Text":"abc"})", "identity").status, 200);
    for (const std::string& bad : {std::string(), std::string(R"({"Text":"abc"})"), good.substr(0, good.size() - 1),
                                   good.substr(0, 12), "\x1f\x8b" + std::string(50, 'x')}) {
        const auto answer = ask(bad);
        EXPECT_EQ(answer.status, 400);
        EXPECT_NE(answer.body.find("SerializationException"), std::string::npos);
    }
    const auto large = ask(gzip(R"({"Text":"abc"})" + std::string(HttpLimits().bodyBytes, ' ')));
    EXPECT_EQ(large.status, 413);
    EXPECT_EQ(lastEntry().reason, "too large");
    const auto form =
        this->ask(request("POST /", kSigned + "Content-Encoding: gzip\r\n", gzip("Action=Send&QueueUrl=q&Body=abc")));
    EXPECT_NE(form.body.find("<Body>abc</Body>"), std::string::npos);
}

TEST_F(DispatchTest, ARefusalBeforeAnyActionIsInTheClientsForm)
{
    struct Client {
        std::string line, fields, other, type;
    };
    // other: its words for an action that there is not.
    const Client cbor{"POST /", "X-Amz-Target: Kinesis_20131202.Echo\r\nContent-Type: application/x-amz-cbor-1.1\r\n",
                      "X-Amz-Target: Other_2020.Echo\r\nContent-Type: application/x-amz-cbor-1.1\r\n",
                      "application/x-amz-cbor-1.1"};
    const Client rpc{"POST /service/Kinesis_20131202/operation/Echo",
                     "smithy-protocol: rpc-v2-cbor\r\nContent-Type: application/cbor\r\n",
                     "Content-Type: application/cbor\r\n", "application/cbor"};
    for (const auto& client : {cbor, rpc}) {
        const auto refused = [&](const std::string& fields, const std::string& body) {
            const auto answer = ask(request(client.line, fields, body));
            EXPECT_TRUE(answer.has("Content-Type: " + client.type + "\r\n")) << answer.head;
            EXPECT_EQ(answer.has("smithy-protocol: rpc-v2-cbor\r\n"), client.type == rpc.type);
            return Json::from_cbor(answer.body).value("__type", "");
        };
        EXPECT_EQ(refused(client.fields, "\xa0"), "MissingAuthenticationTokenException");
        EXPECT_EQ(refused(kSigned + client.other, "\xa0"), "UnknownOperationException");
        EXPECT_EQ(refused(kSigned + "Content-Encoding: gzip\r\n" + client.fields, "no gzip"), "SerializationException");
        EXPECT_EQ(refused(kSigned + "Content-Encoding: gzip\r\n" + client.fields,
                          gzip(std::string(HttpLimits().bodyBytes + 1, ' '))),
                  "RequestEntityTooLargeException");
    }
    // A CBOR client without a target, and one whose service does not speak CBOR.
    const auto untold = ask(request("POST /", kSigned + "Content-Type: application/x-amz-cbor-1.1\r\n", "\xa0"));
    EXPECT_EQ(untold.status, 404);
    EXPECT_EQ(Json::from_cbor(untold.body)["__type"], "UnknownOperationException");
    const auto json =
        ask(request("POST /", "X-Amz-Target: AmazonSQS.Send\r\nContent-Type: application/x-amz-cbor-1.1\r\n", "\xa0"));
    EXPECT_TRUE(json.has("Content-Type: application/x-amz-json-1.0\r\n"));
    EXPECT_TRUE(parseJson(json.body));
    const auto xml = ask(request(
        "POST /", kSigned + "Content-Encoding: gzip\r\nContent-Type: application/x-www-form-urlencoded\r\n", "no"));
    EXPECT_TRUE(xml.has("Content-Type: text/xml\r\n"));
    EXPECT_NE(xml.body.find("<Type>Sender</Type><Code>MalformedInput</Code>"), std::string::npos) << xml.body;
}

TEST_F(DispatchTest, ErrorsAreTheServicesOwn)
{
    auto answer = askJson("Kinesis_20131202.Refuse", "{}");
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.body, R"({"__type":"ResourceNotFoundException","message":"Stream s under account 1 not found."})");
    EXPECT_FALSE(answer.has("x-amzn-query-error"));
    EXPECT_EQ(lastEntry().error, "ResourceNotFoundException");
    EXPECT_EQ(lastEntry().reason, "gone");
    answer = askJson("Kinesis_20131202.Throw", "{}");
    EXPECT_EQ(answer.status, 500);
    EXPECT_NE(answer.body.find("InternalFailure"), std::string::npos);
    answer = askJson("Kinesis_20131202.Forget", "{}");
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(askJson("Kinesis_20131202.Nothing", "{}").body, R"({"__type":"UnknownOperationException"})");
    EXPECT_EQ(askJson("Other_2020.Echo", "{}").body, R"({"__type":"UnknownOperationException"})");
}

TEST_F(DispatchTest, TheLogSaysWhyAGoodAnswerIsNotAllThatWasAskedFor)
{
    EXPECT_EQ(askJson("Kinesis_20131202.Partly", "{}").status, 200);
    EXPECT_EQ(lastEntry().status, 200);
    EXPECT_EQ(lastEntry().error, "");
    EXPECT_EQ(lastEntry().reason, "3 of 10 entries failed: Slow");
    askJson("Kinesis_20131202.Quiet", "{}");
    EXPECT_EQ(lastEntry().reason, "");
}

TEST_F(DispatchTest, FaultyRequestsAreRefused)
{
    auto answer = askJson("Kinesis_20131202.Echo", "{not json");
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(answer.body.find(R"("__type":"SerializationException")"), std::string::npos);
    answer = askJson("Kinesis_20131202.Echo", R"({"Text":5})");
    EXPECT_NE(answer.body.find(R"("__type":"SerializationException","Message":)"), std::string::npos) << answer.body;
    answer = askJson("Kinesis_20131202.Echo", R"({"Text":"much too long"})");
    EXPECT_NE(answer.body.find("1 validation error detected"), std::string::npos) << answer.body;
    EXPECT_NE(lastEntry().reason.find("1 validation error detected"), std::string::npos) << lastEntry().reason;
    answer = askJson("Kinesis_20131202.Echo", std::string(100'000, '['));
    EXPECT_EQ(answer.status, 400);
}

TEST_F(DispatchTest, AnEmptyResultIsAnEmptyBody)
{
    const auto answer = askJson("Kinesis_20131202.Quiet", "{}");
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.has("Content-Length: 0\r\n"));
}

TEST_F(DispatchTest, WithoutCredentialsNothingIsDone)
{
    auto answer = ask(request("POST /", "X-Amz-Target: Kinesis_20131202.Echo\r\n", R"({"Text":"a"})"));
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.body,
              R"({"__type":"MissingAuthenticationTokenException","message":"Missing Authentication Token"})");
    EXPECT_EQ(lastEntry().reason, "signature");
    answer = ask(request("POST /", "", "Action=Send&QueueUrl=q"));
    EXPECT_EQ(answer.status, 403);
    EXPECT_NE(answer.body.find("<Code>MissingAuthenticationToken</Code>"), std::string::npos);
}

TEST_F(DispatchTest, FormsAreAnsweredInXml)
{
    const auto answer = ask(form("Action=Send&Version=2012-11-05&QueueUrl=q&Body=a%3Cb"));
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.has("Content-Type: text/xml\r\n"));
    EXPECT_EQ(
        answer.body.find("<?xml version=\"1.0\"?><SendResponse xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\">"
                         "<SendResult><Url>q</Url><Body>a&lt;b</Body></SendResult><ResponseMetadata><RequestId>"),
        0u)
        << answer.body;
    const auto quiet = ask(form("Action=Purge&QueueUrl=q"));
    EXPECT_EQ(
        quiet.body.find("<?xml version=\"1.0\"?><PurgeResponse xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\">"
                        "<ResponseMetadata>"),
        0u)
        << quiet.body;
}

TEST_F(DispatchTest, FormErrorsAreXml)
{
    auto answer = ask(form("Action=Refuse&QueueUrl=q"));
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(answer.body.find("<Error><Type>Sender</Type><Code>AWS.SimpleQueueService.NonExistentQueue</Code>"
                               "<Message>The specified queue &lt;x&gt; does not exist.</Message>"),
              std::string::npos)
        << answer.body;
    EXPECT_EQ(ask(form("Action=Refuse&QueueUrl=q&Body=other")).status, 404);
    answer = ask(form("Action=Nothing&Version=2012-11-05"));
    EXPECT_NE(answer.body.find("<Code>InvalidAction</Code><Message>The action Nothing is not valid for this endpoint."),
              std::string::npos);
}

TEST_F(DispatchTest, TheQueueMayBeThePath)
{
    auto answer = ask(form("Action=Send&Body=b", "/000000000000/my%20queue"));
    EXPECT_NE(answer.body.find("<Url>http://streams.test:4566/000000000000/my%20queue</Url>"), std::string::npos)
        << answer.body;
    answer = ask(request("GET /000000000000/orders?Action=Send&Body=b", kSigned, ""));
    EXPECT_NE(answer.body.find("/orders</Url><Body>b</Body>"), std::string::npos) << answer.body;
}

TEST_F(DispatchTest, NewClientsOfAQueryServiceGetBothCodes)
{
    const auto answer = askJson("AmazonSQS.Refuse", R"({"QueueUrl":"q"})");
    EXPECT_NE(answer.body.find(R"("__type":"com.amazonaws.sqs#QueueDoesNotExist")"), std::string::npos);
    EXPECT_TRUE(answer.has("x-amzn-query-error: AWS.SimpleQueueService.NonExistentQueue;Sender\r\n"));
}

TEST_F(DispatchTest, WhatManagesRunsElsewhereAndIsAnswered)
{
    EXPECT_EQ(askJson("Kinesis_20131202.Manage", R"({"Text":"abc"})").status, 200);
}

TEST_F(DispatchTest, WritesWaitUntilTheyAreDurable)
{
    server_.reset();
    host_.counting->isDurable = true;
    serve();
    EXPECT_EQ(askJson("Kinesis_20131202.Echo", R"({"Text":"abc"})").status, 200);
    EXPECT_EQ(host_.counting->commits, 0);
    EXPECT_EQ(askJson("Kinesis_20131202.Write", R"({"Text":"abc"})").status, 200);
    EXPECT_EQ(host_.counting->commits, 1);
    EXPECT_EQ(askJson("Kinesis_20131202.Manage", R"({"Text":"abc"})").status, 200);
    EXPECT_EQ(host_.counting->commits, 2);
    host_.counting->fails = true;
    EXPECT_EQ(askJson("Kinesis_20131202.Write", R"({"Text":"abc"})").status, 500);
}

TEST_F(DispatchTest, AnActionMayAnswerLater)
{
    TestClient client(server_->port());
    client.send(json("Kinesis_20131202.Wait", "{}"));
    auto& state = this->state();
    state.await([&] { return state.retries.size() == 1; });
    std::function<void()> retry;
    {
        std::lock_guard lock(state.mutex);
        retry = state.retries[0];
    }
    retry(); // too early: it waits on
    state.await([&] { return state.retries.size() == 2; });
    {
        std::lock_guard lock(state.mutex);
        state.released = true;
    }
    retry();
    EXPECT_EQ(client.answer().body, R"({"Text":"released"})");
    retry();
    server_.reset();
    retry();
}

TEST_F(DispatchTest, AnActionLearnsThatItsClientHasGone)
{
    auto& state = this->state();
    {
        TestClient client(server_->port());
        client.send(json("Kinesis_20131202.Wait", "{}"));
        state.await([&] { return state.retries.size() == 1; });
    }
    state.await([&] { return state.abandoned; });
    EXPECT_EQ(state.retries.size(), 1u);
}

TEST_F(DispatchTest, EventsBeginWithTheInitialResponse)
{
    TestClient client(server_->port());
    client.send(json("Kinesis_20131202.Subscribe", "{}"));
    auto& state = this->state();
    state.await([&] { return state.sink != nullptr; });
    state.sink->event("Late", [](api::Writer& into) { into.beginMap(), into.member("n", 2), into.endMap(); });
    state.sink->end(api::ApiError{"KMSDisabledException", "no key"});
    EXPECT_TRUE(state.sink->ended());
    state.sink->event("Never", [](api::Writer& into) { into.beginMap(), into.endMap(); });
    const auto answer = client.answer();
    EXPECT_TRUE(answer.has("Content-Type: application/vnd.amazon.eventstream\r\n"));
    const auto initial = answer.body.find("initial-response"), early = answer.body.find("Early"),
               late = answer.body.find(R"({"n":2})"), exception = answer.body.find("KMSDisabledException");
    EXPECT_LT(initial, early);
    EXPECT_LT(early, late);
    EXPECT_LT(late, exception);
    EXPECT_NE(exception, std::string::npos);
    EXPECT_EQ(answer.body.find("Never"), std::string::npos);
}

TEST_F(DispatchTest, EventsEndWithTheirClient)
{
    auto& state = this->state();
    {
        TestClient client(server_->port());
        client.send(json("Kinesis_20131202.Subscribe", "{}"));
        ASSERT_TRUE(client.await("Early"));
    }
    std::promise<void> drained;
    // More than the system takes for a client that has gone: it is dropped, and the sink knows.
    state.sink->event("Big", [](api::Writer& into) {
        into.beginMap(), into.member("t", std::string(9'000'000, 'x')), into.endMap();
    });
    state.sink->onDrained([&] { drained.set_value(); });
    drained.get_future().wait();
    while (!state.sink->ended())
        askJson("Kinesis_20131202.Quiet", "{}");
    EXPECT_TRUE(state.sink->ended());
}

TEST_F(DispatchTest, PagesNeedNoCredentials)
{
    askJson("Kinesis_20131202.Quiet", "{}");
    host_.metrics().metric({"clicks", "", "PutRecord.\"Bytes\""}).record(12.5, 2);
    host_.metrics().finish();
    const auto health = ask(request("GET /health", "", ""));
    EXPECT_EQ(parseJson(health.body).value()["services"]["sqs"], "running");
    const auto metrics = ask(request("GET /metrics", "", "")).body;
    EXPECT_NE(metrics.find("streamwright_requests_total{action=\"kinesis.Quiet\",result=\"done\"} 1\n"),
              std::string::npos);
    EXPECT_NE(metrics.find("streamwright_metric_sum{node=\"clicks\",part=\"\",name=\"PutRecord.\\\"Bytes\\\"\"} 25\n"),
              std::string::npos)
        << metrics;
    EXPECT_EQ(ask(request("GET /", "", "")).status, 404);
}

TEST_F(DispatchTest, TheRequestLogIsBounded)
{
    TestClient client(server_->port());
    for (int i = 0; i < 5000; ++i)
        client.send(json("Kinesis_20131202.Quiet", "{}"));
    for (int i = 0; i < 5000; ++i)
        ASSERT_EQ(client.answer().status, 200);
    const auto entries = server_->requests(0);
    EXPECT_EQ(entries.size(), RequestLog::kEntries);
    EXPECT_EQ(entries.back().number, 5000u);
    EXPECT_EQ(server_->requests(4998).size(), 2u);
    EXPECT_EQ(server_->requests(5000).size(), 0u);
}

TEST_F(DispatchTest, OtherAddressesNeedSignatures)
{
    EndpointOptions options;
    options.port = 0;
    options.address = "0.0.0.0";
    EXPECT_NE(Server::open(host_, {}, options).problem().message.find("--auth"), std::string::npos);
    options.auth = true;
    EXPECT_NE(Server::open(host_, {}, options).problem().message.find("key"), std::string::npos);
    options.keys["AKID"] = "secret";
    EXPECT_TRUE(Server::open(host_, {}, options));
    options.address = "nowhere";
    EXPECT_FALSE(Server::open(host_, {}, options));
    options.address = "127.0.0.1";
    options.port = server_->port();
    EXPECT_NE(Server::open(host_, {}, options).problem().message.find("cannot listen"), std::string::npos);
}

TEST_F(DispatchTest, WithKeysTheSignatureCounts)
{
    server_.reset();
    EndpointOptions options;
    options.auth = true;
    options.keys["AKID"] = "secret";
    serve(options);
    const auto answer = askJson("Kinesis_20131202.Echo", R"({"Text":"abc"})");
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(answer.body.find("IncompleteSignatureException"), std::string::npos); // no X-Amz-Date
    auto other = json("Kinesis_20131202.Echo", "{}");
    other.replace(other.find("Credential=AKID"), 15, "Credential=OTHER");
    other.insert(other.find("Content-Length"), "X-Amz-Date: 20260102T000000Z\r\n");
    EXPECT_NE(ask(other).body.find("UnrecognizedClientException"), std::string::npos);
    auto skewed = json("Kinesis_20131202.Echo", "{}");
    skewed.insert(skewed.find("Content-Length"), "X-Amz-Date: 20200102T000000Z\r\n");
    EXPECT_NE(ask(skewed).body.find("Signature expired"), std::string::npos);
}

} // namespace
} // namespace streamwright::endpoint
