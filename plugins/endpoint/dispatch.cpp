// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/dispatch.h"

#include "core/api/decode.h"
#include "core/record/decompress.h"
#include "plugins/endpoint/http/limits.h"
#include "plugins/endpoint/signature.h"
#include "plugins/endpoint/status_pages.h"

namespace streamwright::endpoint {
namespace {

constexpr std::size_t kAccountDigits = 12;

bool isAccount(std::string_view text)
{
    return text.size() == kAccountDigits && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool fromThisMachine(std::string_view remote)
{
    return remote.substr(0, 4) == "127." || remote.substr(0, 5) == "[::1]" || remote.substr(0, 12) == "[::ffff:127.";
}

// "/000000000000/orders": a queue's URL as its clients know it.
bool isResourcePath(std::string_view path)
{
    const auto slash = path.find('/', 1);
    return slash != std::string_view::npos && slash + 1 < path.size() && isAccount(path.substr(1, slash - 1));
}

// "POST /service/GraniteServiceVersion20100801/operation/ListMetrics"
constexpr std::string_view kService = "/service/", kOperation = "/operation/";

bool isRpc(const HttpRequest& request) { return request.headers.find("smithy-protocol") == kRpcCbor; }

bool isGzip(std::string_view encoding)
{
    return encoding.size() == 4 && lower(encoding[0]) == 'g' && lower(encoding[1]) == 'z' &&
           lower(encoding[2]) == 'i' && lower(encoding[3]) == 'p';
}

// No more comes out of a compressed body than could have been sent plain.
std::optional<api::ApiError> inflate(HttpRequest& request)
{
    if (!isGzip(request.headers.find("content-encoding"))) return {};
    const std::size_t most = HttpLimits().bodyBytes;
    Decompressed plain = decompress(request.body, ByteCount(most));
    if (plain.cut)
        return api::ApiError{.code = "RequestEntityTooLargeException",
                             .message = "The body inflates to more than " + std::to_string(most) + " bytes.",
                             .status = 413,
                             .reason = "too large"};
    if (plain.format != "GZIP" || plain.damaged)
        return api::ApiError{.code = "SerializationException",
                             .message = "The body is said to be gzip, but is not, or is damaged.",
                             .queryCode = "MalformedInput"};
    request.sentBody = std::exchange(request.body, std::move(plain.plain));
    return {};
}

std::string urlEncoded(std::string_view text)
{
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text)
        encoded.append({'%', kHex[static_cast<unsigned char>(c) >> 4], kHex[static_cast<unsigned char>(c) & 15]});
    return encoded;
}

} // namespace

Dispatch::Dispatch(CallContext context, Routes::Services services, const EndpointOptions& options)
    : context_(context),
      routes_(std::move(services)),
      options_(options)
{
}

void Dispatch::handle(const std::shared_ptr<Exchange>& exchange) const
{
    auto& request = exchange->request;
    Meant meant;
    try {
        auto damage = inflate(request);
        if (isRpc(request))
            meant = byRpcPath(request);
        else if (const auto target = request.headers.find("x-amz-target"); !target.empty())
            meant = byTarget(request, target);
        else if (damage)
            meant.manner = mannerOf(request.headers);
        else if (page(exchange))
            return;
        else
            meant = byForm(request);
        if (damage) return refuse(exchange, meant, std::move(*damage));
        call(exchange, meant);
    } catch (const std::exception& fault) {
        if (meant.manner.contentType.empty()) meant.manner = mannerOf(request.headers);
        refuse(exchange, meant, api::internalFailure(fault.what()));
    }
}

Dispatch::Meant Dispatch::byTarget(const HttpRequest& request, std::string_view target) const
{
    Meant meant;
    meant.route = routes_.byTarget(target);
    const auto service = meant.route ? meant.route->service : routes_.serviceOfTarget(target);
    const auto type = withoutParameters(request.headers.find("content-type"));
    meant.manner.service = service;
    if (isCbor(type) && (!service || service->cbor)) meant.manner.form = Form::Cbor;
    if (meant.manner.form == Form::Cbor || type.find("json") != std::string_view::npos)
        meant.manner.contentType = type;
    else
        meant.manner.contentType = "application/x-amz-json-" + (service ? service->jsonVersion : "1.1");
    return meant;
}

Dispatch::Meant Dispatch::byRpcPath(const HttpRequest& request) const
{
    Meant meant;
    meant.manner = {Form::RpcCbor, "application/cbor", nullptr};
    const std::string_view path = request.path();
    const auto operation = path.rfind(kOperation);
    const auto service = path.rfind(kService, operation);
    if (operation == path.npos || service == path.npos || request.method != "POST") return meant;
    const std::string_view name = path.substr(service + kService.size(), operation - service - kService.size());
    meant.manner.service = routes_.serviceOfTarget(name);
    if (!meant.manner.service || !meant.manner.service->cbor) return meant;
    meant.route = routes_.byTarget(std::string(name) + "." + std::string(path.substr(operation + kOperation.size())));
    return meant;
}

Dispatch::Meant Dispatch::byForm(HttpRequest& request) const
{
    if (request.method == "GET" || request.method == "HEAD") request.body = request.query();
    Meant meant;
    const auto action = api::formParameter(request.body, "Action");
    const auto version = api::formParameter(request.body, "Version").value_or("");
    meant.anything = action.has_value();
    meant.route = routes_.byForm(action.value_or(""), version);
    if (meant.anything)
        meant.manner = {Form::Query, "text/xml", meant.route ? meant.route->service : routes_.serviceOfForm(version)};
    else
        meant.manner = mannerOf(request.headers);
    return meant;
}

bool Dispatch::page(const std::shared_ptr<Exchange>& exchange) const
{
    const auto& request = exchange->request;
    if (request.method != "GET" && request.method != "HEAD") return false;
    if (request.path() == "/health") {
        exchange->answer(healthPage(context_.host, routes_));
        return true;
    }
    // Scrapers do not sign: with keys, only those of this machine may look.
    if (request.path() != "/metrics" || (options_.auth && !fromThisMachine(request.remote))) return false;
    exchange->answer(metricsPage(context_.host, routes_));
    return true;
}

void Dispatch::call(const std::shared_ptr<Exchange>& exchange, Meant& meant) const
{
    auto& request = exchange->request;
    if (!meant.anything)
        return refuse(exchange, meant,
                      {"UnknownOperationException",
                       "This is an endpoint for AWS clients: neither an X-Amz-Target nor an Action was sent.", 404});
    if (!meant.route && meant.manner.form != Form::Query)
        return refuse(exchange, meant, {"UnknownOperationException", "", 400, "InvalidAction"});
    if (!meant.route)
        return refuse(exchange, meant,
                      {"InvalidAction", "The action " + api::formParameter(request.body, "Action").value_or("") +
                                            " is not valid for this endpoint."});
    const auto signer = signerOf(request);
    if (auto error = mayCall(request, signer, meant)) return refuse(exchange, meant, std::move(*error));
    auto caller = callerOf(request, signer);
    const auto input = meant.route->shapes ? meant.route->shapes->input : nullptr;
    if (meant.manner.form == Form::Query && isResourcePath(request.path()) && input && input->field("QueueUrl") &&
        !api::formParameter(request.body, "QueueUrl"))
        request.body += "&QueueUrl=" + urlEncoded(caller.baseUrl + std::string(request.path()));
    std::make_shared<ApiCall>(context_, exchange, *meant.route, std::move(meant.manner), std::move(caller))->start();
}

std::optional<api::ApiError> Dispatch::mayCall(const HttpRequest& request, const Signer& signer,
                                               const Meant& meant) const
{
    std::optional<api::ApiError> error;
    if (signer.form == Signer::Form::None)
        error = missingToken();
    else if (options_.auth)
        error = checkSignature(request, signer, options_.keys, meant.manner.service->name,
                               std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    if (error && meant.manner.form == Form::Query && error->code != "RequestExpired") error->status = 403;
    return error;
}

api::Caller Dispatch::callerOf(const HttpRequest& request, const Signer& signer) const
{
    const auto key = signer.part(Signer::Key), region = signer.part(Signer::Region);
    api::Caller caller;
    caller.account = isAccount(key) ? std::string(key) : context_.host.account();
    caller.region = region.empty() ? context_.host.region() : std::string(region);
    caller.baseUrl = request.secure ? "https://" : "http://";
    const auto host = request.headers.find("host");
    if (host.empty())
        caller.baseUrl.append(options_.address).append(":").append(std::to_string(options_.port));
    else
        caller.baseUrl.append(host);
    return caller;
}

void Dispatch::refuse(const std::shared_ptr<Exchange>& exchange, const Meant& meant, api::ApiError error) const
{
    const auto& request = exchange->request;
    RequestLog::Line line;
    line.time = context_.host.now();
    line.client = request.remote;
    const auto target = request.headers.find("x-amz-target");
    line.action = meant.route ? std::string_view(meant.route->name) : !target.empty() ? target : request.path();
    line.status = error.status;
    line.error = error.code;
    line.reason = error.reason.empty() ? error.message : error.reason;
    context_.log.add(line);
    exchange->answer(failure(meant.manner, error));
}

} // namespace streamwright::endpoint
