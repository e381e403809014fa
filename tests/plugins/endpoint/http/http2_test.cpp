// SPDX-License-Identifier: GPL-3.0-or-later
// HTTP/2 by prior knowledge and over TLS, by nghttp2's and OpenSSL's own client sides.
#include <future>
#include <gtest/gtest.h>
#include <openssl/x509v3.h>

#include "plugins/endpoint/http/http_server.h"
#include "plugins/endpoint/tls.h"
#include "tests/plugins/endpoint/http2_client.h"
#include "tests/plugins/endpoint/tls_client.h"

namespace streamwright::endpoint {
namespace {

void echo(const std::shared_ptr<Exchange>& exchange)
{
    const auto& request = exchange->request;
    HttpAnswer answer;
    answer.body = request.method + " " + request.target + " " + std::string(request.headers.find("host")) + " " +
                  std::string(request.headers.find(":authority")) + " " + std::to_string(request.body.size());
    if (request.path() == "/size") answer.body.assign(std::stoul(std::string(request.query())), 'x');
    answer.headers.add("X-Http2", request.http2 ? "yes" : "no");
    exchange->answer(std::move(answer));
}

std::unique_ptr<HttpServer> serve(HttpHandler handler = echo, HttpLimits limits = {})
{
    return HttpServer::listen({"127.0.0.1", 0, 2}, {std::move(handler), limits, TlsContext::make("", "").value()})
        .value();
}

TEST(Http2Test, RequestsAreAnsweredOverPriorKnowledge)
{
    const auto server = serve();
    Http2Client client(server->port());
    const auto& stream = client.finish(client.ask("/a"));
    EXPECT_EQ(stream.headers.at(":status"), "200");
    EXPECT_EQ(stream.headers.at("x-http2"), "yes");
    EXPECT_TRUE(stream.headers.count("date"));
    EXPECT_EQ(stream.body, "GET /a streams.test:4566 streams.test:4566 0");
    EXPECT_EQ(stream.headers.at("content-length"), std::to_string(stream.body.size()));
}

TEST(Http2Test, ManyRequestsAtOnce)
{
    const auto server = serve();
    Http2Client client(server->port());
    std::vector<std::int32_t> ids;
    for (int i = 0; i < 200; ++i)
        ids.push_back(client.ask("/" + std::to_string(i), std::string(static_cast<std::size_t>(i), 'b')));
    for (int i = 0; i < 200; ++i)
        EXPECT_EQ(client.finish(ids[static_cast<std::size_t>(i)]).headers.at(":status"), "200");
}

TEST(Http2Test, LargeBodiesGoBothWays)
{
    const auto server = serve();
    Http2Client client(server->port());
    EXPECT_NE(client.finish(client.ask("/", std::string(12'000'000, 'b'))).body.find(" 12000000"), std::string::npos);
    EXPECT_EQ(client.finish(client.ask("/size?20000000")).body.size(), 20'000'000u);
}

TEST(Http2Test, WhatIsTooLargeIsRefusedAndTheOthersGoOn)
{
    HttpLimits limits;
    limits.bodyBytes = 100'000;
    const auto server = serve(echo, limits);
    Http2Client client(server->port());
    const auto large = client.ask("/", std::string(300'000, 'b')), small = client.ask("/small");
    EXPECT_EQ(client.finish(large).headers.at(":status"), "413");
    EXPECT_EQ(client.finish(small).headers.at(":status"), "200");
    const auto header = client.finish(client.ask("/" + std::string(70'000, 'p')));
    EXPECT_NE(header.error, 0u);
    EXPECT_EQ(client.finish(client.ask("/again")).headers.at(":status"), "200");
}

TEST(Http2Test, SlowSendersLoseTheirStreamOnly)
{
    HttpLimits limits;
    limits.tick = std::chrono::milliseconds(2);
    limits.headerTicks = limits.bodyTicks = 5;
    const auto server = serve(echo, limits);
    Http2Client client(server->port());
    EXPECT_EQ(client.finish(client.ask("/", "abc", false)).error, std::uint32_t(NGHTTP2_CANCEL));
    EXPECT_EQ(client.finish(client.ask("/again")).headers.at(":status"), "200");
}

TEST(Http2Test, AnswersAreStreamedAndCancelled)
{
    std::promise<std::shared_ptr<Exchange>> asked;
    std::promise<void> gone;
    const auto server = serve([&](const std::shared_ptr<Exchange>& exchange) {
        exchange->onGone([&] { gone.set_value(); });
        asked.set_value(exchange);
    });
    Http2Client client(server->port());
    const auto id = client.ask("/");
    client.send();
    const auto exchange = asked.get_future().get();
    exchange->begin({200, {}, "one"});
    ASSERT_TRUE(client.until([&] { return client.streams[id].body == "one"; }));
    exchange->write(std::string(5'000'000, 'y'));
    std::promise<void> drained;
    exchange->onDrained([&] { drained.set_value(); });
    ASSERT_TRUE(client.until([&] { return client.streams[id].body.size() == 5'000'003; }));
    drained.get_future().wait();
    client.cancel(id);
    client.send();
    gone.get_future().wait();
    EXPECT_TRUE(exchange->over());
    exchange->write("nobody");
}

TEST(Http2Test, StreamedAnswersEnd)
{
    const auto server = serve([](const std::shared_ptr<Exchange>& exchange) {
        exchange->begin({200, {}, "one "});
        exchange->write("two");
        exchange->end();
    });
    Http2Client client(server->port());
    const auto& stream = client.finish(client.ask("/"));
    EXPECT_EQ(stream.body, "one two");
    EXPECT_EQ(stream.error, 0u);
}

TEST(Http2Test, GarbageEndsTheConnectionOnly)
{
    const auto server = serve();
    TestClient garbage(server->port());
    garbage.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + std::string(1000, '\xff'));
    garbage.rest();
    TestClient half(server->port());
    half.send("PRI * nonsense and more of it\r\n\r\n");
    half.rest();
    Http2Client client(server->port());
    EXPECT_EQ(client.finish(client.ask("/")).headers.at(":status"), "200");
}

TEST(Http2Test, AServerEndsWithStreamsOpen)
{
    std::promise<std::shared_ptr<Exchange>> asked;
    auto server = serve([&](const std::shared_ptr<Exchange>& exchange) { asked.set_value(exchange); });
    Http2Client client(server->port());
    client.ask("/");
    client.send();
    const auto exchange = asked.get_future().get();
    server.reset();
    exchange->answer({});
    EXPECT_FALSE(client.until([] { return false; }));
}

TEST(TlsTest, BothVersionsOfHttpAreOffered)
{
    const auto server = serve();
    TlsClient http1(server->port(), "\x08http/1.1"), http2(server->port(), "\x02h2\x08http/1.1"),
        none(server->port(), "");
    EXPECT_EQ(http1.protocol(), "http/1.1");
    EXPECT_EQ(http2.protocol(), "h2");
    EXPECT_EQ(none.protocol(), "");
    const auto answer = http1.ask("GET /size?3000000 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(answer.size(), answer.find("\r\n\r\n") + 4 + 3'000'000);
    // The server's first frame: its settings.
    EXPECT_EQ(http2.ask("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + std::string(9, '\xff')).substr(3, 1), "\x04");
}

TEST(TlsTest, TheCertificateIsForLocalhost)
{
    const auto server = serve();
    TlsClient client(server->port(), "");
    ASSERT_TRUE(client.connected);
    X509* certificate = SSL_get1_peer_certificate(client.ssl());
    EXPECT_EQ(X509_check_host(certificate, "localhost", 9, 0, nullptr), 1);
    EXPECT_EQ(X509_check_ip_asc(certificate, "127.0.0.1", 0), 1);
    EXPECT_EQ(X509_check_ip_asc(certificate, "::1", 0), 1);
    EXPECT_EQ(X509_check_host(certificate, "example.com", 11, 0, nullptr), 0);
    X509_free(certificate);
}

TEST(TlsTest, FilesThatCannotBeUsedAreNamed)
{
    EXPECT_EQ(TlsContext::make("/nowhere.pem", "").problem().place, "/nowhere.pem");
}

TEST(TlsTest, GarbageAfterTheFirstByteEndsTheConnection)
{
    const auto server = serve();
    TestClient client(server->port());
    client.send("\x16garbage that is no TLS at all, but long enough to be read as such");
    EXPECT_LT(client.rest().size(), 100u);
}

} // namespace
} // namespace streamwright::endpoint
