// SPDX-License-Identifier: GPL-3.0-or-later
// Signer: what a request says about who signed it (Signature Version 4, in the Authorization header or presigned in the
// URL). Values; any thread.
#pragma once

#include <string>
#include <string_view>

#include "plugins/endpoint/http/message.h"

namespace streamwright::endpoint {

struct Signer {
    enum class Form { None, Header, Presigned };
    enum Part { Key, Date, Region, Service, Terminator };

    Form form = Form::None;
    std::string credential; // "AKID/20261123/us-east-1/kinesis/aws4_request"
    std::string signedHeaders; // "host;x-amz-date"
    std::string signature;

    // "" when there is no such part.
    std::string_view part(Part part) const;
};

Signer signerOf(const HttpRequest& request);

} // namespace streamwright::endpoint
