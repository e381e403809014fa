// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/tls.h"

#include <array>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include "core/base/check.h"
#include "plugins/endpoint/tls_certificate.h"

namespace streamwright::endpoint {
namespace {

constexpr std::size_t kPiece = 16 << 10; // a TLS record
constexpr unsigned char kProtocols[] = "\x02h2\x08http/1.1";

int chooseProtocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                   unsigned int offeredSize, void*)
{
    unsigned char* found = nullptr;
    if (SSL_select_next_proto(&found, size, kProtocols, sizeof kProtocols - 1, offered, offeredSize) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK;
    *chosen = found;
    return SSL_TLSEXT_ERR_OK;
}

std::string reason()
{
    const auto code = ERR_peek_last_error();
    ERR_clear_error();
    const char* text = code ? ERR_reason_error_string(code) : nullptr;
    return text ? text : "not a PEM file";
}

} // namespace

TlsSession::TlsSession(SSL_CTX* context) : ssl_(SSL_new(context))
{
    CHECK(ssl_);
    SSL_set_bio(ssl_, BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_accept_state(ssl_);
}

TlsSession::~TlsSession() { SSL_free(ssl_); }

bool TlsSession::receive(std::string_view cipher, std::string& plain, std::string& reply)
{
    BIO_write(SSL_get_rbio(ssl_), cipher.data(), static_cast<int>(cipher.size()));
    std::array<char, kPiece> piece;
    int size = 0;
    ERR_clear_error();
    while ((size = SSL_read(ssl_, piece.data(), static_cast<int>(piece.size()))) > 0)
        plain.append(piece.data(), static_cast<std::size_t>(size));
    const int error = SSL_get_error(ssl_, size);
    takeReply(reply);
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
}

void TlsSession::encrypt(std::string_view plain, std::string& cipher)
{
    cipher.reserve(plain.size() + plain.size() / 256 + 64);
    while (!plain.empty()) {
        const auto part = plain.substr(0, kPiece);
        ERR_clear_error();
        if (SSL_write(ssl_, part.data(), static_cast<int>(part.size())) <= 0) return; // it has ended: receive() says so
        plain.remove_prefix(part.size());
        takeReply(cipher);
    }
}

std::string TlsSession::farewell()
{
    std::string bytes;
    if (std::exchange(bidden_, true)) return bytes;
    ERR_clear_error();
    SSL_shutdown(ssl_);
    takeReply(bytes);
    return bytes;
}

void TlsSession::takeReply(std::string& into)
{
    BIO* out = SSL_get_wbio(ssl_);
    char* bytes = nullptr;
    const auto size = BIO_get_mem_data(out, &bytes);
    into.append(bytes, static_cast<std::size_t>(size));
    BIO_reset(out);
}

TlsContext::TlsContext() : context_(SSL_CTX_new(TLS_server_method()))
{
    CHECK(context_);
    SSL_CTX_set_min_proto_version(context_, TLS1_2_VERSION);
    SSL_CTX_set_options(context_, SSL_OP_NO_RENEGOTIATION | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(context_, SSL_MODE_RELEASE_BUFFERS); // an idle connection holds none
    SSL_CTX_set_alpn_select_cb(context_, chooseProtocol, nullptr);
}

TlsContext::~TlsContext() { SSL_CTX_free(context_); }

Result<std::shared_ptr<TlsContext>> TlsContext::make(const std::string& certificateFile, const std::string& keyFile)
{
    const std::shared_ptr<TlsContext> made(new TlsContext);
    made->selfSigned_ = certificateFile.empty() && keyFile.empty();
    if (made->selfSigned_) return made;
    const auto key = keyFile.empty() ? certificateFile : keyFile;
    if (SSL_CTX_use_certificate_chain_file(made->context_, certificateFile.c_str()) != 1)
        return Problem{ProblemCode::InvalidInput, "This certificate cannot be used: " + reason(), certificateFile};
    if (SSL_CTX_use_PrivateKey_file(made->context_, key.c_str(), SSL_FILETYPE_PEM) != 1)
        return Problem{ProblemCode::InvalidInput, "This private key cannot be used with the certificate: " + reason(),
                       key};
    return made;
}

std::unique_ptr<TlsSession> TlsContext::accept()
{
    if (selfSigned_) std::call_once(made_, [this] { useSelfSigned(context_); });
    return std::make_unique<TlsSession>(context_);
}

} // namespace streamwright::endpoint
