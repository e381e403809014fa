// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/api_call.h"

#include "core/api/decode.h"

namespace streamwright::endpoint {

using api::ApiError;

ApiCall::ApiCall(const CallContext& context, std::shared_ptr<Exchange> exchange, const Route& route, Manner manner,
                 api::Caller caller)
    : context_(context),
      exchange_(std::move(exchange)),
      route_(route),
      manner_(std::move(manner)),
      ownCaller_(std::move(caller)),
      started_(std::chrono::steady_clock::now())
{
    input_ = &document_.root;
    host_ = &context.host;
    caller_ = &ownCaller_;
}

ApiCall::~ApiCall()
{
    // An action that promised to retry and lost the promise.
    if (!done_) exchange_->answer(failure(manner_, api::internalFailure("The request was dropped.")));
}

void ApiCall::start()
{
    now_ = began_ = context_.host.now();
    if (const auto error = read()) return fail(*error);
    if (manages())
        schedule();
    else
        run();
}

std::optional<ApiError> ApiCall::read()
{
    const auto input = route_.shapes ? route_.shapes->input : nullptr;
    document_.root = api::Value::map({});
    if (!input) return {};
    auto& body = exchange_->request.body;
    const auto decoded = manner_.form == Form::Json      ? api::decodeJson(body, document_)
                         : manner_.form == Form::Cbor    ? api::decodeCbor(body, document_)
                         : manner_.form == Form::RpcCbor ? api::decodeCbor(body, document_, api::CborTime::Seconds)
                                                         : api::decodeQuery(body, *input, document_);
    if (!decoded)
        return ApiError{manner_.form == Form::Query ? "MalformedInput" : "SerializationException",
                        decoded.problem().message};
    const auto wire = manner_.form == Form::Json    ? api::Wire::Json
                      : manner_.form == Form::Query ? api::Wire::Query
                                                    : api::Wire::Cbor;
    return api::validate(document_, *input, wire);
}

// Soon, on the thread where the action belongs. By way of the connection's thread, which ends before the control thread.
void ApiCall::schedule()
{
    if (done_ || scheduled_.exchange(true)) return;
    exchange_->post([self = shared_from_this()] {
        if (!self->manages()) return self->run();
        if (!self->context_.control.post([self] { self->run(); }))
            self->fail({.code = "ServiceUnavailable",
                        .message = "Too many requests that manage resources are waiting.",
                        .status = 503,
                        .reason = "too many at once"});
    });
}

void ApiCall::run()
{
    scheduled_ = false;
    if (done_) return;
    const bool lastTime = exchange_->over();
    std::string body;
    auto outcome = attempt(body);
    if (lastTime)
        done_ = true;
    else if (std::holds_alternative<api::Answered>(outcome))
        answered(std::move(body));
    else if (std::holds_alternative<api::Later>(outcome))
        waits();
    else if (const auto error = std::get_if<ApiError>(&outcome))
        fail(*error);
    else {
        done_ = true;
        note(200, nullptr);
        events_->open();
    }
}

api::Outcome ApiCall::attempt(std::string& body)
{
    now_ = std::max(now_, context_.host.now());
    const auto writer = writerFor(manner_, route_.shapes ? route_.shapes->output : nullptr, body);
    try {
        return route_.action->run(*this, *writer);
    } catch (const std::exception& fault) {
        return api::internalFailure(fault.what());
    }
}

void ApiCall::answered(std::string body)
{
    done_ = true;
    if (!context_.commits || route_.action->effect == api::Action::Effect::Reads) return succeed(std::move(body));
    context_.commits->then([self = shared_from_this(), body = std::move(body)](bool durable) mutable {
        if (durable)
            self->succeed(std::move(body));
        else
            self->fail(api::internalFailure("What was written could not be made durable."));
    });
}

void ApiCall::succeed(std::string body)
{
    note(200, nullptr);
    exchange_->answer(success(manner_, route_.action->name, route_.shapes, std::move(body)));
}

void ApiCall::fail(const ApiError& error)
{
    done_ = true;
    auto answer = failure(manner_, error);
    note(answer.status, &error);
    exchange_->answer(std::move(answer));
}

// A client that hangs up meanwhile: the action is run once more, to give back what it holds.
void ApiCall::waits()
{
    if (std::exchange(watchesClient_, true)) return;
    exchange_->onGone([weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->schedule();
    });
}

std::function<void()> ApiCall::retry()
{
    return [self = shared_from_this()] { self->schedule(); };
}

std::shared_ptr<api::EventSink> ApiCall::events()
{
    if (!events_) events_ = std::make_shared<EventStream>(exchange_, manner_);
    return events_;
}

void ApiCall::note(int status, const ApiError* error)
{
    ++(status < 400 ? route_.done : status < 500 ? route_.refused : route_.failed);
    RequestLog::Line line;
    line.time = began_;
    line.client = exchange_->request.remote;
    line.action = route_.name;
    line.resource = resource_;
    line.status = status;
    line.reason = reason_;
    if (error) {
        line.error = error->code;
        line.reason = error->reason.empty() ? error->message : error->reason;
    }
    line.duration = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started_);
    context_.log.add(line);
}

} // namespace streamwright::endpoint
