// SPDX-License-Identifier: GPL-3.0-or-later
// StreamUse: the stream that a request names, kept from ending until the action is done with it (not to be held while an
// action waits for the engine). One thread.
#pragma once

#include <memory>
#include <string_view>
#include <variant>

#include "core/api/service.h"
#include "plugins/kinesis/api/errors.h"
#include "plugins/kinesis/stream_resource.h"

namespace streamwright::kinesis {

// By StreamName, StreamARN or both.
std::variant<std::string_view, api::ApiError> requestedStream(const api::Call& call);

class StreamUse {
public:
    enum class Needs {
        Existence,
        Records, // a stream that is still being created has none, and is not found
        Activity, // for what changes it
    };
    StreamUse(api::Call& call, Needs needs);
    StreamUse(api::Call& call, std::string_view name, Needs needs);
    ~StreamUse() { leave(); }
    StreamUse(const StreamUse&) = delete;
    StreamUse& operator=(const StreamUse&) = delete;

    explicit operator bool() const { return !error_; }
    const api::ApiError& error() const { return *error_; }

    StreamResource* operator->() const { return resource_.get(); }
    Stream& stream() const { return resource_->stream(); }
    const std::string& name() const { return resource_->name(); }
    const std::shared_ptr<StreamResource>& shared() const { return resource_; }
    // Lets it go early: an action is to wait for the engine.
    void leave();

private:
    void enter(api::Call& call, std::string_view name, Needs needs);

    std::shared_ptr<StreamResource> resource_;
    bool inside_ = false;
    std::optional<api::ApiError> error_;
};

} // namespace streamwright::kinesis
