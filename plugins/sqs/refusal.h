// SPDX-License-Identifier: GPL-3.0-or-later
// Refusal: why the queue did not do what it was asked, as one of the service's error codes with its text.
// Answer<T>: a value or a Refusal. Values; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>

#include "core/base/check.h"

namespace streamwright::sqs {

enum class RefusalCode : std::uint8_t {
    BatchRequestTooLong,
    EmptyBatchRequest,
    InternalFailure, // the log could not be written
    InvalidMessageContents,
    InvalidParameterValue,
    MessageNotInflight,
    MissingParameter,
    OverLimit,
    PurgeQueueInProgress,
    QueueDoesNotExist, // the run is over, or the queue has been deleted
    RequestThrottled,
    TooManyEntriesInBatchRequest,
};

// The code as the service spells it; a literal.
const char* name(RefusalCode code);

struct Refusal {
    RefusalCode code = RefusalCode::InternalFailure;
    std::string message;
};

template <typename T>
class [[nodiscard]] Answer {
public:
    Answer(T value) : state_(std::in_place_index<0>, std::move(value)) { }
    Answer(Refusal refusal) : state_(std::in_place_index<1>, std::move(refusal)) { }

    explicit operator bool() const { return state_.index() == 0; }
    T& operator*() &
    {
        CHECK(*this);
        return *std::get_if<0>(&state_);
    }
    const T& operator*() const&
    {
        CHECK(*this);
        return *std::get_if<0>(&state_);
    }
    T* operator->() & { return &**this; }
    const T* operator->() const& { return &**this; }
    const Refusal& refusal() const
    {
        CHECK(!*this);
        return *std::get_if<1>(&state_);
    }

private:
    std::variant<T, Refusal> state_;
};

} // namespace streamwright::sqs
