// SPDX-License-Identifier: GPL-3.0-or-later
// StillCall: a call of an action that is answered at once, or into a sink, and never abandoned: its retry does nothing. The
// input, host and caller must outlive it.
#pragma once

#include "core/api/service.h"

namespace streamwright::test {

class StillCall : public api::Call {
public:
    StillCall(const api::Value& input, api::Host& host, const api::Caller& caller,
              std::shared_ptr<api::EventSink> sink = nullptr)
        : sink_(std::move(sink))
    {
        input_ = &input;
        host_ = &host;
        caller_ = &caller;
        now_ = began_ = host.now();
    }
    std::function<void()> retry() override
    {
        return [] {};
    }
    bool abandoned() const override { return false; }
    std::shared_ptr<api::EventSink> events() override { return sink_; }
    void names(std::string_view) override { }
    void notes(std::string_view reason) override { note = reason; }

    std::string note; // what the action said last

private:
    const std::shared_ptr<api::EventSink> sink_;
};

} // namespace streamwright::test
