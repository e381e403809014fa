// SPDX-License-Identifier: GPL-3.0-or-later
// HTTP/1 over real sockets, and what strangers may do with it.
#include <future>
#include <gtest/gtest.h>

#include "core/base/json.h"
#include "plugins/endpoint/http/http_server.h"
#include "plugins/endpoint/tls.h"
#include "tests/plugins/endpoint/test_client.h"

namespace streamwright::endpoint {
namespace {

class Http1Test : public testing::Test {
protected:
    void serve(HttpLimits limits = {}, HttpHandler handler = echo)
    {
        HttpService service{std::move(handler), limits, TlsContext::make("", "").value()};
        HttpServer::Place place;
        place.threads = 2;
        server_ = HttpServer::listen(place, std::move(service)).value();
    }
    TestClient client() { return TestClient(server_->port()); }

    // "METHOD target body", or as many bytes as "/size?N" says.
    static void echo(const std::shared_ptr<Exchange>& exchange)
    {
        HttpAnswer answer;
        const auto& request = exchange->request;
        answer.body = request.method + " " + request.target + " " + request.body;
        if (request.path() == "/size") answer.body.assign(std::stoul(std::string(request.query())), 'x');
        answer.headers.add("X-Seen", request.headers.find("x-sent"));
        exchange->answer(std::move(answer));
    }
    static std::string get(const std::string& target, const std::string& fields = "")
    {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
    }
    static std::string post(const std::string& body)
    {
        return "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
               body;
    }

    std::unique_ptr<HttpServer> server_;
};

HttpLimits quick()
{
    HttpLimits limits;
    limits.tick = std::chrono::milliseconds(5);
    limits.headerTicks = limits.bodyTicks = limits.writeTicks = limits.lingerTicks = 10;
    return limits;
}

TEST_F(Http1Test, AConnectionIsUsedForManyRequests)
{
    serve();
    auto client = this->client();
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(client.send(get("/" + std::to_string(i), "X-Sent: yes\r\n")));
        const auto answer = client.answer();
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, "GET /" + std::to_string(i) + " ");
        EXPECT_TRUE(answer.has("X-Seen: yes\r\n"));
        EXPECT_TRUE(answer.has("Date: "));
    }
}

TEST_F(Http1Test, PipelinedRequestsAreAnsweredInOrder)
{
    serve();
    auto client = this->client();
    std::string requests;
    for (int i = 0; i < 500; ++i)
        requests += get("/" + std::to_string(i)) + post("body " + std::to_string(i));
    ASSERT_TRUE(client.send(requests));
    for (int i = 0; i < 500; ++i) {
        ASSERT_EQ(client.answer().body, "GET /" + std::to_string(i) + " ");
        ASSERT_EQ(client.answer().body, "POST / body " + std::to_string(i));
    }
}

TEST_F(Http1Test, LargePipelinedAnswersWaitForTheClient)
{
    serve();
    auto client = this->client();
    std::string requests;
    for (int i = 0; i < 60; ++i)
        requests += get("/size?3000000");
    ASSERT_TRUE(client.send(requests));
    for (int i = 0; i < 60; ++i)
        ASSERT_EQ(client.answer().body.size(), 3'000'000u);
}

TEST_F(Http1Test, RequestsMayComeInPieces)
{
    serve();
    auto client = this->client();
    for (const char byte : get("/slow") + post("abc"))
        ASSERT_TRUE(client.send({&byte, 1}));
    EXPECT_EQ(client.answer().body, "GET /slow ");
    EXPECT_EQ(client.answer().body, "POST / abc");
}

TEST_F(Http1Test, BodiesMayBeChunked)
{
    serve();
    auto client = this->client();
    ASSERT_TRUE(client.send("POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"));
    ASSERT_TRUE(client.send("4;x=y\r\ndefg\r\n0\r\nTrailer: t\r\n\r\n" + get("/next")));
    EXPECT_EQ(client.answer().body, "POST /c abcdefg");
    EXPECT_EQ(client.answer().body, "GET /next ");
}

TEST_F(Http1Test, AClientMayWaitToBeToldToContinue)
{
    serve();
    auto client = this->client();
    ASSERT_TRUE(client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"));
    EXPECT_EQ(client.answer().status, 100);
    ASSERT_TRUE(client.send("abc"));
    EXPECT_EQ(client.answer().body, "POST / abc");
}

TEST_F(Http1Test, HeadHasALengthAndNoBody)
{
    serve();
    auto client = this->client();
    ASSERT_TRUE(client.send("HEAD /h HTTP/1.1\r\nHost: h\r\n\r\n" + get("/next")));
    EXPECT_TRUE(client.answer(true).has("Content-Length: 8\r\n"));
    EXPECT_EQ(client.answer().body, "GET /next ");
}

TEST_F(Http1Test, TheClientSaysWhetherTheConnectionStays)
{
    serve();
    auto one = client(), two = client(), three = client();
    ASSERT_TRUE(one.send(get("/", "Connection: close\r\n")));
    EXPECT_NE(one.rest().find("Connection: close"), std::string::npos);
    ASSERT_TRUE(two.send("GET / HTTP/1.0\r\n\r\n"));
    EXPECT_NE(two.rest().find("GET / "), std::string::npos);
    ASSERT_TRUE(three.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
    EXPECT_TRUE(three.answer().has("Connection: keep-alive"));
    ASSERT_TRUE(three.send(get("/again")));
    EXPECT_EQ(three.answer().body, "GET /again ");
}

TEST_F(Http1Test, WhoHangsUpHalfStillGetsTheAnswer)
{
    serve();
    auto client = this->client();
    ASSERT_TRUE(client.send(get("/size?20000000")));
    client.finishSending();
    EXPECT_EQ(client.answer().body.size(), 20'000'000u);
}

TEST_F(Http1Test, GarbageIsRefusedAndTheConnectionEnds)
{
    serve();
    for (const auto* garbage : {"\x01\x02\x03\x04\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n",
                                "GET / HTTP/1.1\r\nno colon\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
        auto client = this->client();
        ASSERT_TRUE(client.send(garbage));
        const auto answer = client.answer();
        EXPECT_GE(answer.status, 400) << garbage;
        EXPECT_EQ(client.rest(), "") << garbage;
    }
    auto client = this->client();
    ASSERT_TRUE(client.send(get("/alive")));
    EXPECT_EQ(client.answer().status, 200);
}

TEST_F(Http1Test, WhatIsTooLargeIsRefused)
{
    HttpLimits limits;
    limits.bodyBytes = 1000;
    serve(limits);
    auto header = client(), length = client(), chunks = client(), extension = client();
    header.send(get("/", "X: " + std::string(70'000, 'x') + "\r\n"));
    EXPECT_EQ(header.answer().status, 431);
    length.send(post(std::string(2000, 'x')));
    const auto answer = length.answer();
    EXPECT_EQ(answer.status, 413);
    EXPECT_NE(answer.body.find("RequestEntityTooLargeException"), std::string::npos);
    for (const std::string type : {"application/x-amz-cbor-1.1", "application/cbor"}) {
        auto cbor = this->client();
        cbor.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Type: " + type + "\r\nContent-Length: 2000\r\n\r\n");
        const auto refused = cbor.answer();
        EXPECT_EQ(refused.status, 413);
        EXPECT_TRUE(refused.has("Content-Type: " + type + "\r\n")) << refused.head;
        EXPECT_EQ(Json::from_cbor(refused.body)["__type"], "RequestEntityTooLargeException");
    }
    chunks.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" + std::string(2000, 'x'));
    EXPECT_EQ(chunks.answer().status, 413);
    extension.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(200'000, 'x'));
    EXPECT_GE(extension.answer().status, 400);
}

TEST_F(Http1Test, UnfinishedBodiesTogetherAreBounded)
{
    HttpLimits limits;
    limits.bodiesTogether = 100'000;
    serve(limits);
    std::vector<TestClient> clients;
    int refused = 0;
    for (int i = 0; i < 20; ++i) {
        clients.push_back(client());
        clients.back().send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 60000\r\n\r\n");
        EXPECT_EQ(clients.back().answer().status, 100);
        clients.back().send(std::string(50'000, 'x'));
    }
    for (auto& client : clients) {
        client.send(std::string(10'000, 'x'));
        refused += client.answer().status == 503;
    }
    EXPECT_GT(refused, 0);
    auto client = this->client();
    ASSERT_TRUE(client.send(post("after them")));
    EXPECT_EQ(client.answer().status, 200);
}

TEST_F(Http1Test, SlowSendersAreCutOff)
{
    serve(quick());
    auto header = client(), body = client(), preface = client();
    header.send("GET / HT");
    body.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
    preface.send("PR");
    EXPECT_EQ(header.answer().status, 408);
    EXPECT_EQ(body.answer().status, 408);
    EXPECT_EQ(preface.rest(), "");
}

TEST_F(Http1Test, WhoNeverReadsIsCutOff)
{
    serve(quick());
    auto client = this->client(), witness = this->client();
    for (auto* one : {&client, &witness}) {
        ASSERT_TRUE(one->send(get("/")));
        ASSERT_EQ(one->answer().status, 200);
    }
    // Nothing is read until the server has given up.
    ASSERT_TRUE(client.send(get("/size?30000000")));
    while (server_->connections() > 1) {
        ASSERT_TRUE(witness.send(get("/")));
        ASSERT_EQ(witness.answer().status, 200);
    }
    EXPECT_LT(client.rest().size(), 30'000'000u);
}

TEST_F(Http1Test, AnswersMayComeLaterAndFromAnyThread)
{
    std::promise<std::shared_ptr<Exchange>> asked;
    serve({}, [&](const std::shared_ptr<Exchange>& exchange) {
        if (exchange->request.path() == "/later")
            asked.set_value(exchange);
        else
            echo(exchange);
    });
    auto client = this->client();
    ASSERT_TRUE(client.send(get("/later") + get("/behind")));
    const auto exchange = asked.get_future().get();
    exchange->answer({200, {}, "now"});
    EXPECT_EQ(client.answer().body, "now");
    EXPECT_EQ(client.answer().body, "GET /behind ");
    exchange->answer({200, {}, "too late"});
    ASSERT_TRUE(client.send(get("/next")));
    EXPECT_EQ(client.answer().body, "GET /next ");
}

TEST_F(Http1Test, AnswersMayBeStreamedWithBackPressure)
{
    std::promise<std::shared_ptr<Exchange>> asked;
    serve({}, [&](const std::shared_ptr<Exchange>& exchange) { asked.set_value(exchange); });
    auto client = this->client();
    ASSERT_TRUE(client.send(get("/")));
    const auto exchange = asked.get_future().get();
    exchange->begin({200, {}, "begin"});
    std::string body;
    ASSERT_TRUE(client.await("\r\n\r\n"));
    client.in().erase(0, client.in().find("\r\n\r\n") + 4);
    EXPECT_EQ(client.chunk(body), 5u);
    exchange->write(std::string(20'000'000, 'y'));
    EXPECT_GT(exchange->pending(), 0u);
    std::promise<void> drained;
    exchange->onDrained([&] { drained.set_value(); });
    EXPECT_EQ(client.chunk(body), 20'000'000u);
    drained.get_future().wait();
    EXPECT_EQ(exchange->pending(), 0u);
    exchange->write("end");
    exchange->end();
    EXPECT_EQ(client.chunk(body), 3u);
    EXPECT_EQ(client.chunk(body), 0u);
    EXPECT_EQ(body.size(), 20'000'008u);
}

TEST_F(Http1Test, TheHandlerLearnsThatTheClientHasGone)
{
    std::promise<void> gone;
    std::promise<std::shared_ptr<Exchange>> asked;
    serve({}, [&](const std::shared_ptr<Exchange>& exchange) {
        exchange->onGone([&] { gone.set_value(); });
        asked.set_value(exchange);
    });
    auto client = this->client();
    ASSERT_TRUE(client.send(get("/")));
    const auto exchange = asked.get_future().get();
    EXPECT_FALSE(exchange->over());
    client.hangUp();
    gone.get_future().wait();
    EXPECT_TRUE(exchange->over());
    exchange->answer({});
}

TEST_F(Http1Test, ExchangesOutliveTheServer)
{
    std::promise<std::shared_ptr<Exchange>> asked;
    serve({}, [&](const std::shared_ptr<Exchange>& exchange) { asked.set_value(exchange); });
    auto client = this->client();
    ASSERT_TRUE(client.send(get("/")));
    const auto exchange = asked.get_future().get();
    server_.reset();
    EXPECT_TRUE(exchange->over());
    exchange->begin({});
    exchange->write("x");
    exchange->end();
    EXPECT_EQ(client.rest(), "");
}

TEST_F(Http1Test, ThousandsOfIdleConnectionsDoNoHarm)
{
    serve();
    std::vector<TestClient> idle;
    for (int i = 0; i < 1000; ++i) {
        idle.push_back(client());
        ASSERT_TRUE(idle.back().connected());
    }
    auto client = this->client();
    ASSERT_TRUE(client.send(get("/")));
    EXPECT_EQ(client.answer().status, 200);
    for (auto& one : idle) {
        ASSERT_TRUE(one.send(get("/")));
        ASSERT_EQ(one.answer().status, 200);
    }
}

TEST_F(Http1Test, BeyondTheMostConnectionsTheNextIsRefused)
{
    HttpLimits limits;
    limits.connections = 2;
    serve(limits);
    auto one = client(), two = client();
    for (auto* client : {&one, &two}) {
        ASSERT_TRUE(client->send(get("/")));
        ASSERT_EQ(client->answer().status, 200);
    }
    auto three = client();
    EXPECT_EQ(three.answer().status, 503);
    one.hangUp();
    while (server_->connections() > 1) {
        ASSERT_TRUE(two.send(get("/")));
        ASSERT_EQ(two.answer().status, 200);
    }
    auto four = client();
    ASSERT_TRUE(four.send(get("/")));
    EXPECT_EQ(four.answer().status, 200);
}

} // namespace
} // namespace streamwright::endpoint
