// SPDX-License-Identifier: GPL-3.0-or-later
// ConsumerUse: the registered consumer that a request names, and its stream, entered for the time of the action. One thread.
#pragma once

#include <string>

#include "plugins/kinesis/api/stream_use.h"

namespace streamwright::kinesis {

class ConsumerUse {
public:
    // By ConsumerARN, or by StreamARN and ConsumerName.
    explicit ConsumerUse(api::Call& call);

    explicit operator bool() const { return !error_; }
    const api::ApiError& error() const { return *error_; }

    const StreamUse& stream() const { return *stream_; }
    const std::string& name() const { return name_; }
    Time registered() const { return registered_; }

private:
    std::optional<StreamUse> stream_;
    std::string name_;
    Time registered_{};
    std::optional<api::ApiError> error_;
};

} // namespace streamwright::kinesis
