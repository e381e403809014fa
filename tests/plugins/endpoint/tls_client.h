// SPDX-License-Identifier: GPL-3.0-or-later
// TlsClient: OpenSSL's blocking client side on a TestClient's socket. One thread.
#pragma once

#include <openssl/ssl.h>

#include "tests/plugins/endpoint/test_client.h"

namespace streamwright::endpoint {

class TlsClient {
public:
    TlsClient(std::uint16_t port, const std::string& protocols)
        : client_(port),
          context_(SSL_CTX_new(TLS_client_method())),
          ssl_(SSL_new(context_))
    {
        SSL_set_alpn_protos(ssl_, reinterpret_cast<const unsigned char*>(protocols.data()),
                            static_cast<unsigned>(protocols.size()));
        SSL_set_fd(ssl_, client_.descriptor());
        connected = SSL_connect(ssl_) == 1;
    }
    ~TlsClient()
    {
        SSL_free(ssl_);
        SSL_CTX_free(context_);
    }
    std::string protocol() const
    {
        const unsigned char* name = nullptr;
        unsigned size = 0;
        SSL_get0_alpn_selected(ssl_, &name, &size);
        return {name, name + size};
    }
    std::string ask(const std::string& text)
    {
        SSL_write(ssl_, text.data(), static_cast<int>(text.size()));
        std::string answer;
        char bytes[65536];
        for (int size = 0; (size = SSL_read(ssl_, bytes, sizeof bytes)) > 0;)
            answer.append(bytes, static_cast<std::size_t>(size));
        return answer;
    }
    SSL* ssl() { return ssl_; }
    bool connected = false;

private:
    TestClient client_;
    SSL_CTX* context_;
    SSL* ssl_;
};

} // namespace streamwright::endpoint
