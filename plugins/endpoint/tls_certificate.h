// SPDX-License-Identifier: GPL-3.0-or-later
// A self-signed certificate for localhost, in memory only. Any thread.
#pragma once

typedef struct ssl_ctx_st SSL_CTX;

namespace streamwright::endpoint {

// For localhost, 127.0.0.1 and ::1, with a key of its own, for ten years from yesterday.
void useSelfSigned(SSL_CTX* context);

} // namespace streamwright::endpoint
