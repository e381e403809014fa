// SPDX-License-Identifier: GPL-3.0-or-later
// Answers: what wraps an action's answer or an error on the wire, for each protocol. Pure functions; any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/api/service.h"
#include "plugins/endpoint/http/message.h"

namespace streamwright::endpoint {

enum class Form { Json, Cbor, RpcCbor, Query };

inline constexpr std::string_view kRpcCbor = "rpc-v2-cbor"; // smithy-protocol of Form::RpcCbor

// How the client speaks and is spoken to.
struct Manner {
    Form form = Form::Json;
    std::string contentType; // of the answer: mirrors the request's
    const api::Service* service = nullptr; // null: none was recognised
};

// As far as the header of a request says it, before anything else is known.
Manner mannerOf(const HttpFields& headers);
std::string_view withoutParameters(std::string_view contentType);
bool isCbor(std::string_view contentType); // of the JSON protocol's other form

// "c5e9a1f2-0e5b-4b6e-9f43-5f0a3c6f0d11": every answer has its own.
std::string newRequestId();

std::unique_ptr<api::Writer> writerFor(const Manner& manner, const api::Shape* output, std::string& into);

// The HTTP answer around what the writer wrote.
HttpAnswer success(const Manner& manner, std::string_view action, const api::ShapeTable::ActionShapes* shapes,
                   std::string body);
HttpAnswer failure(const Manner& manner, const api::ApiError& error);
// What the transport itself refuses: no service sees the request.
HttpAnswer refusal(int status, const HttpFields& headers);
// A map with the error's type and message: a JSON or CBOR body.
void writeError(api::Writer& into, const Manner& manner, const api::ApiError& error);

} // namespace streamwright::endpoint
