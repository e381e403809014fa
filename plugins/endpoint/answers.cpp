// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/answers.h"

#include <random>

#include "core/api/encode.h"
#include "core/base/random.h"
#include "plugins/endpoint/http/answer_text.h"

namespace streamwright::endpoint {
namespace {

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t kId2Size = 76;

Random& chance()
{
    // Names of answers only: no part of a run.
    thread_local Random random((std::uint64_t(std::random_device{}()) << 32) ^ std::random_device{}());
    return random;
}

std::string newId2()
{
    std::string id(kId2Size, '=');
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < kId2Size; ++i, bits >>= 6) {
        if (i % 10 == 0) bits = chance().next();
        id[i] = kBase64[bits & 63];
    }
    return id;
}

HttpAnswer answerOf(int status, const Manner& manner, const std::string& requestId, std::string body)
{
    HttpAnswer answer{status, {}, std::move(body)};
    answer.headers.add("x-amzn-RequestId", requestId);
    answer.headers.add("x-amz-id-2", newId2());
    answer.headers.add("Content-Type", manner.contentType);
    if (manner.form == Form::RpcCbor) answer.headers.add("smithy-protocol", kRpcCbor);
    return answer;
}

const char* senderOrReceiver(const api::ApiError& error) { return error.status >= 500 ? "Receiver" : "Sender"; }

std::string queryCode(const api::ApiError& error) { return error.queryCode.empty() ? error.code : error.queryCode; }

std::string xmlError(const Manner& manner, const api::ApiError& error, const std::string& requestId)
{
    const auto& message = error.queryMessage.empty() ? error.message : error.queryMessage;
    std::string text = "<?xml version=\"1.0\"?><ErrorResponse";
    if (manner.service) text += " xmlns=\"" + api::escapeXml(manner.service->xmlNamespace) + "\"";
    text +=
        std::string("><Error><Type>") + senderOrReceiver(error) + "</Type><Code>" + api::escapeXml(queryCode(error));
    text += "</Code><Message>" + api::escapeXml(message) + "</Message><Detail/></Error><RequestId>";
    return text + requestId + "</RequestId></ErrorResponse>";
}

} // namespace

std::string_view withoutParameters(std::string_view contentType)
{
    return contentType.substr(0, contentType.find_first_of("; "));
}

bool isCbor(std::string_view contentType) { return contentType.starts_with("application/x-amz-cbor"); }

Manner mannerOf(const HttpFields& headers)
{
    const auto type = withoutParameters(headers.find("content-type"));
    if (type == "application/cbor" || headers.find("smithy-protocol") == kRpcCbor)
        return {Form::RpcCbor, "application/cbor", nullptr};
    if (isCbor(type)) return {Form::Cbor, std::string(type), nullptr};
    if (type == "application/x-www-form-urlencoded") return {Form::Query, "text/xml", nullptr};
    return {Form::Json, type.find("json") == type.npos ? "application/json" : std::string(type), nullptr};
}

std::string newRequestId()
{
    constexpr std::string_view kHex = "0123456789abcdef";
    constexpr std::string_view kForm = "xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx";
    std::string id(kForm);
    std::uint64_t bits = chance().next(), next = chance().next();
    for (auto& c : id) {
        if (c != 'x') continue;
        c = kHex[bits & 15];
        bits = (bits >> 4) | (next << 60);
        next >>= 4;
    }
    return id;
}

std::unique_ptr<api::Writer> writerFor(const Manner& manner, const api::Shape* output, std::string& into)
{
    if (manner.form == Form::Query && output) return api::xmlWriter(into, *output);
    if (manner.form == Form::RpcCbor) return api::rpcCborWriter(into);
    return manner.form == Form::Cbor ? api::cborWriter(into) : api::jsonWriter(into);
}

HttpAnswer success(const Manner& manner, std::string_view action, const api::ShapeTable::ActionShapes* shapes,
                   std::string body)
{
    const auto requestId = newRequestId();
    const bool empty = !shapes || !shapes->output;
    if (manner.form != Form::Query) {
        if (empty)
            body.clear();
        else if (body.empty())
            body = manner.form == Form::Json ? "{}" : "\xa0";
        return answerOf(200, manner, requestId, std::move(body));
    }
    std::string text = "<?xml version=\"1.0\"?><" + std::string(action) + "Response xmlns=\"";
    text += api::escapeXml(manner.service->xmlNamespace) + "\">";
    if (!empty && !shapes->resultWrapper.empty())
        text += "<" + shapes->resultWrapper + ">" + body + "</" + shapes->resultWrapper + ">";
    text += "<ResponseMetadata><RequestId>" + requestId + "</RequestId></ResponseMetadata></" + std::string(action);
    return answerOf(200, manner, requestId, text + "Response>");
}

HttpAnswer failure(const Manner& manner, const api::ApiError& error)
{
    const auto requestId = newRequestId();
    if (manner.form == Form::Query)
        return answerOf(error.queryStatus != 0 ? error.queryStatus : error.status, manner, requestId,
                        xmlError(manner, error, requestId));
    std::string body;
    writeError(*writerFor(manner, nullptr, body), manner, error);
    auto answer = answerOf(error.status, manner, requestId, std::move(body));
    // Older clients know the codes of the query protocol.
    if (manner.service && !manner.service->queryVersion.empty())
        answer.headers.add("x-amzn-query-error", queryCode(error) + ";" + senderOrReceiver(error));
    return answer;
}

HttpAnswer refusal(int status, const HttpFields& headers)
{
    const char* const code = status == 413   ? "RequestEntityTooLargeException"
                             : status == 408 ? "RequestTimeoutException"
                             : status >= 500 ? "ServiceUnavailableException"
                                             : "SerializationException";
    return failure(mannerOf(headers), {code, std::string(reasonPhrase(status)), status});
}

void writeError(api::Writer& into, const Manner& manner, const api::ApiError& error)
{
    into.beginMap();
    into.member("__type", (manner.service ? manner.service->errorNamespace : std::string()) + error.code);
    if (!error.message.empty())
        into.member(error.code == "SerializationException" ? "Message" : "message", error.message);
    into.endMap();
}

} // namespace streamwright::endpoint
