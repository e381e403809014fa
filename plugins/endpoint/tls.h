// SPDX-License-Identifier: GPL-3.0-or-later
// TLS as a transformation of bytes: TlsContext holds the certificate (the user's, or one of our own made at first use),
// TlsSession is one connection's. The context: any thread; a session: one thread at a time.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "core/base/result.h"

typedef struct ssl_st SSL;
typedef struct ssl_ctx_st SSL_CTX;

namespace streamwright::endpoint {

class TlsSession {
public:
    explicit TlsSession(SSL_CTX* context);
    ~TlsSession();

    // Bytes from the client; what it said goes to the end of plain, what must be sent back to that of reply. false: the
    // session has ended or is broken.
    bool receive(std::string_view cipher, std::string& plain, std::string& reply);
    void encrypt(std::string_view plain, std::string& cipher);
    // The bytes that end the session; empty the second time.
    std::string farewell();

private:
    void takeReply(std::string& into);

    SSL* const ssl_;
    bool bidden_ = false;
};

class TlsContext {
public:
    // PEM files; both empty: a self-signed certificate for localhost.
    static Result<std::shared_ptr<TlsContext>> make(const std::string& certificateFile, const std::string& keyFile);
    ~TlsContext();

    std::unique_ptr<TlsSession> accept();

private:
    TlsContext();

    SSL_CTX* const context_;
    bool selfSigned_ = false;
    std::once_flag made_;
};

} // namespace streamwright::endpoint
