// SPDX-License-Identifier: GPL-3.0-or-later
// The whole server as strangers meet it: signatures, the user's own certificate, events over HTTP/2 and in CBOR.
#include "plugins/endpoint/server.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include "core/base/digest.h"
#include "plugins/endpoint/signature.h"
#include "tests/plugins/endpoint/fake_service.h"
#include "tests/plugins/endpoint/gzip.h"
#include "tests/plugins/endpoint/http2_client.h"
#include "tests/plugins/endpoint/tls_client.h"

namespace streamwright::endpoint {
namespace {

const std::string kKey = "AKIDEXAMPLE", kSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

class ServerTest : public testing::Test {
protected:
    void serve(EndpointOptions options = {})
    {
        options.port = 0;
        auto opened = Server::open(host_, {fakeKinesis(), fakeSqs()}, options, {}, 2);
        ASSERT_TRUE(opened) << opened.problem().text();
        server_ = *std::move(opened);
    }
    TestAnswer ask(const std::string& text)
    {
        TestClient client(server_->port());
        client.send(text);
        return client.answer();
    }

    FakeHost host_;
    std::unique_ptr<Server> server_;
};

// ---- signatures

WallTime wallNow() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

std::string timeText(WallTime at)
{
    const std::time_t seconds = at.time_since_epoch().count();
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[17];
    std::strftime(text, sizeof text, "%Y%m%dT%H%M%SZ", &parts);
    return text;
}

// An Echo of "abc", signed.
struct Signing {
    WallTime at = wallNow();
    std::string key = kKey, secret = kSecret, service = "kinesis";
    std::string body = R"({"Text":"abc"})", encoding = "identity";
    std::string tamperedBody; // sent in its place

    std::string request() const
    {
        const std::string time = timeText(at), signedHeaders = "host;x-amz-date;x-amz-target";
        HttpRequest request;
        request.method = "POST";
        request.target = "/";
        request.body = body;
        request.headers.add("Host", "streams.test");
        request.headers.add("X-Amz-Date", time);
        request.headers.add("X-Amz-Target", "Kinesis_20131202.Echo");
        request.headers.add("Content-Encoding", encoding);
        const std::string authorization = "AWS4-HMAC-SHA256 Credential=" + key + "/" + time.substr(0, 8) +
                                          "/eu-west-3/" + service + "/aws4_request, SignedHeaders=" + signedHeaders +
                                          ", Signature=";
        HttpRequest unsignedRequest = request;
        unsignedRequest.headers.add("Authorization", authorization + "0");
        const Signer signer = signerOf(unsignedRequest);
        request.headers.add("Authorization",
                            authorization + signatureOf(canonicalRequest(request, signer), signer, time, secret));
        std::string text = "POST / HTTP/1.1\r\n";
        for (std::size_t i = 0; i < request.headers.size(); ++i)
            text.append(request.headers.name(i)).append(": ").append(request.headers.value(i)).append("\r\n");
        const std::string& sentBody = tamperedBody.empty() ? body : tamperedBody;
        return text + "Content-Length: " + std::to_string(sentBody.size()) + "\r\n\r\n" + sentBody;
    }
};

class SignedServerTest : public ServerTest {
protected:
    void SetUp() override
    {
        EndpointOptions options;
        options.auth = true;
        options.keys[kKey] = kSecret;
        serve(options);
    }
    // Refused with that code, and that in the message; nothing was done.
    void refuses(const Signing& signing, const std::string& code, const std::string& words)
    {
        const TestAnswer answer = ask(signing.request());
        EXPECT_EQ(answer.status, 400);
        EXPECT_NE(answer.body.find(R"("__type":")" + code + "\""), std::string::npos) << answer.body;
        EXPECT_NE(answer.body.find(words), std::string::npos) << answer.body;
        EXPECT_EQ(server_->requests(0).back().error, code);
    }
};

TEST_F(SignedServerTest, WhoSignsWithAKeyIsAnswered)
{
    const TestAnswer answer = ask(Signing().request());
    EXPECT_EQ(answer.status, 200);
    EXPECT_NE(answer.body.find(R"("Text":"abc")"), std::string::npos) << answer.body;
}

TEST_F(SignedServerTest, WhoDoesNotKnowTheSecretIsRefused)
{
    Signing wrong;
    wrong.secret += "x";
    refuses(wrong, "InvalidSignatureException", "does not match");
    Signing unknown;
    unknown.key = "SOMEBODY";
    refuses(unknown, "UnrecognizedClientException", "security token");
    Signing other;
    other.service = "sqs";
    refuses(other, "InvalidSignatureException", "correct service: 'kinesis'");
}

TEST_F(SignedServerTest, WhatWasChangedOnTheWayIsRefused)
{
    Signing tampered;
    tampered.tamperedBody = R"({"Text":"abd"})";
    refuses(tampered, "InvalidSignatureException", "does not match");
}

TEST_F(SignedServerTest, ACompressedBodyIsSignedAsItIsSent)
{
    Signing compressed;
    compressed.body = gzip(compressed.body);
    compressed.encoding = "gzip";
    EXPECT_EQ(ask(compressed.request()).status, 200);
    compressed.tamperedBody = gzip(R"({"Text":"abd"})");
    refuses(compressed, "InvalidSignatureException", "does not match");
}

TEST_F(SignedServerTest, ClocksFarApartAreRefused)
{
    Signing late, early;
    late.at -= std::chrono::minutes(20);
    refuses(late, "InvalidSignatureException", "Signature expired");
    early.at += std::chrono::minutes(20);
    refuses(early, "InvalidSignatureException", "Signature not yet current");
}

// ---- the user's certificate

class CertificateTest : public ServerTest {
protected:
    CertificateTest() { std::filesystem::create_directories(folder_); }
    ~CertificateTest() override { std::filesystem::remove_all(folder_); }

    // NAME.pem and NAME.key, for a host of that name.
    void make(const std::string& name)
    {
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
        const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
        X509_set_version(certificate.get(), X509_VERSION_3);
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
        X509_set_pubkey(certificate.get(), key.get());
        X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
        X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
        ASSERT_GT(X509_sign(certificate.get(), key.get(), EVP_sha256()), 0);
        std::FILE* file = std::fopen(path(name + ".pem").c_str(), "w");
        PEM_write_X509(file, certificate.get());
        std::fclose(file);
        file = std::fopen(path(name + ".key").c_str(), "w");
        PEM_write_PrivateKey(file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        std::fclose(file);
    }
    std::string path(const std::string& name) const { return (folder_ / name).string(); }
    EndpointOptions with(const std::string& certificate, const std::string& key) const
    {
        EndpointOptions options;
        options.port = 0;
        options.certificateFile = path(certificate);
        options.keyFile = path(key);
        return options;
    }

    const std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("sw-certificate-" + std::to_string(::getpid()));
};

TEST_F(CertificateTest, TheUsersOwnIsShownAndServes)
{
    make("streams.example");
    serve(with("streams.example.pem", "streams.example.key"));
    TlsClient client(server_->port(), "\x08http/1.1");
    ASSERT_TRUE(client.connected);
    X509* certificate = SSL_get1_peer_certificate(client.ssl());
    EXPECT_EQ(X509_check_host(certificate, "streams.example", 0, 0, nullptr), 1);
    EXPECT_EQ(X509_check_host(certificate, "localhost", 0, 0, nullptr), 0);
    X509_free(certificate);
    const std::string answer = client.ask("GET /health HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(answer.substr(0, 15), "HTTP/1.1 200 OK");
}

TEST_F(CertificateTest, AnotherCertificatesKeyIsRefused)
{
    make("one");
    make("two");
    EXPECT_FALSE(Server::open(host_, {}, with("one.pem", "two.key")));
    EXPECT_FALSE(Server::open(host_, {}, with("one.pem", "nowhere.key")));
    EXPECT_FALSE(Server::open(host_, {}, with("one.key", "one.key")));
}

// ---- events

struct EventFrame {
    std::map<std::string, std::string> headers;
    std::string payload;
};

std::uint32_t bigEndian(std::string_view bytes)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

// Whole frames, each with good checksums and only text headers.
std::vector<EventFrame> framesOf(std::string_view bytes)
{
    std::vector<EventFrame> frames;
    while (bytes.size() >= 16) {
        const std::size_t size = bigEndian(bytes), headerSize = bigEndian(bytes.substr(4));
        EXPECT_EQ(bigEndian(bytes.substr(8)), crc32(bytes.substr(0, 8)));
        if (size > bytes.size() || headerSize + 16 > size) break;
        EXPECT_EQ(bigEndian(bytes.substr(size - 4)), crc32(bytes.substr(0, size - 4)));
        EventFrame frame;
        for (auto rest = bytes.substr(12, headerSize); !rest.empty();) {
            const auto nameSize = static_cast<unsigned char>(rest[0]);
            const std::string name(rest.substr(1, nameSize));
            rest.remove_prefix(1u + nameSize);
            EXPECT_EQ(rest[0], 7);
            const std::size_t valueSize =
                static_cast<unsigned char>(rest[1]) * 256u + static_cast<unsigned char>(rest[2]);
            frame.headers[name] = rest.substr(3, valueSize);
            rest.remove_prefix(3 + valueSize);
        }
        frame.payload = bytes.substr(12 + headerSize, size - headerSize - 16);
        frames.push_back(std::move(frame));
        bytes.remove_prefix(size);
    }
    EXPECT_TRUE(bytes.empty());
    return frames;
}

class EventsTest : public ServerTest, public testing::WithParamInterface<const char*> {
protected:
    static Json read(const EventFrame& frame)
    {
        return std::string(GetParam()).find("cbor") != std::string::npos ? Json::from_cbor(frame.payload)
                                                                         : *parseJson(frame.payload);
    }
};

TEST_P(EventsTest, ComeOverHttp2AsTheyHappen)
{
    serve();
    Http2Client client(server_->port());
    const auto id = client.ask("/", std::string(GetParam()).find("cbor") != std::string::npos ? "\xa0" : "{}", true,
                               {{"x-amz-target", "Kinesis_20131202.Subscribe"},
                                {"content-type", GetParam()},
                                {"authorization", "AWS4-HMAC-SHA256 Credential=AKID/20260102/eu-west-3/kinesis/"
                                                  "aws4_request, SignedHeaders=host, Signature=00"}});
    const auto& stream = client.streams[id];
    ASSERT_TRUE(client.until([&] { return stream.body.find("Early") != std::string::npos; }));
    EXPECT_FALSE(stream.closed);
    auto& state = *static_cast<api::Host&>(host_).state<FakeState>();
    state.sink->event("Late", [](api::Writer& into) { into.beginMap(), into.member("n", 2), into.endMap(); });
    ASSERT_TRUE(client.until([&] { return stream.body.find("Late") != std::string::npos; }));
    EXPECT_FALSE(stream.closed);
    state.sink->end(api::ApiError{"KMSDisabledException", "no key"});
    client.finish(id);
    EXPECT_EQ(stream.headers.at("content-type"), "application/vnd.amazon.eventstream");
    EXPECT_EQ(stream.error, 0u);

    const auto frames = framesOf(stream.body);
    ASSERT_EQ(frames.size(), 4u);
    const char* names[] = {"initial-response", "Early", "Late"};
    const Json payloads[] = {Json::object(), {{"n", 1}}, {{"n", 2}}};
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(frames[i].headers.at(":message-type"), "event");
        EXPECT_EQ(frames[i].headers.at(":event-type"), names[i]);
        EXPECT_EQ(frames[i].headers.at(":content-type"), GetParam());
        EXPECT_EQ(read(frames[i]), payloads[i]);
    }
    EXPECT_EQ(frames[3].headers.at(":message-type"), "exception");
    EXPECT_EQ(frames[3].headers.at(":exception-type"), "KMSDisabledException");
    EXPECT_EQ(read(frames[3])["message"], "no key");
}

INSTANTIATE_TEST_SUITE_P(EachProtocol, EventsTest,
                         testing::Values("application/x-amz-json-1.1", "application/x-amz-cbor-1.1"),
                         [](const auto& instance) { return std::string(instance.index == 0 ? "Json" : "Cbor"); });

} // namespace
} // namespace streamwright::endpoint
