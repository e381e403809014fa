// SPDX-License-Identifier: GPL-3.0-or-later
// ApiCall: one call of an action, from its decoded request to its answer: at once, when it is durable, when the action says
// so, or as events. Shared by whoever answers it next. An action runs on one thread at a time: the connection's, or the
// control thread for those that manage.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>

#include "core/api/service.h"
#include "plugins/endpoint/answers.h"
#include "plugins/endpoint/event_stream.h"
#include "plugins/endpoint/group_commit.h"
#include "plugins/endpoint/http/exchange.h"
#include "plugins/endpoint/request_log.h"
#include "plugins/endpoint/routes.h"
#include "plugins/endpoint/task_thread.h"

namespace streamwright::endpoint {

// What calls use; outlives the threads that run them.
struct CallContext {
    api::Host& host;
    RequestLog& log;
    TaskThread& control;
    GroupCommit* commits; // null: nothing is durable here
};

class ApiCall final : public api::Call, public std::enable_shared_from_this<ApiCall> {
public:
    ApiCall(const CallContext& context, std::shared_ptr<Exchange> exchange, const Route& route, Manner manner,
            api::Caller caller);
    ~ApiCall() override;

    // Reads the request and runs the action; on the connection's thread.
    void start();

    std::function<void()> retry() override;
    bool abandoned() const override { return exchange_->over(); }
    std::shared_ptr<api::EventSink> events() override;
    void names(std::string_view resource) override { resource_ = resource; }
    void notes(std::string_view reason) override { reason_ = reason; }

private:
    std::optional<api::ApiError> read();
    void schedule();
    void run();
    api::Outcome attempt(std::string& body);
    void answered(std::string body);
    void succeed(std::string body);
    void fail(const api::ApiError& error);
    void waits();
    void note(int status, const api::ApiError* error);
    bool manages() const { return route_.action->effect == api::Action::Effect::Manages; }

    const CallContext& context_;
    const std::shared_ptr<Exchange> exchange_;
    const Route& route_;
    const Manner manner_;
    const api::Caller ownCaller_;
    const std::chrono::steady_clock::time_point started_;
    api::Document document_;
    std::string resource_, reason_;
    std::shared_ptr<EventStream> events_;
    std::atomic<bool> scheduled_ = false; // a run is under way to its thread
    std::atomic<bool> done_ = false; // nothing is left to run
    bool watchesClient_ = false;
};

} // namespace streamwright::endpoint
