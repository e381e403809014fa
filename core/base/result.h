// SPDX-License-Identifier: GPL-3.0-or-later
// Result<T>: a value or a Problem. Every fallible call across a module border returns one; exceptions stay inside.
// A Problem says what is wrong, where, and what would mend it. Values; any thread.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "core/base/check.h"

namespace streamwright {

enum class ProblemCode {
    InvalidInput, // text, file or property that breaks a rule
    NotFound, // a named thing does not exist
    Conflict, // exists already, or is in the wrong state
    LimitExceeded, // a quota or a bound of the service
    Corrupt, // stored bytes that fail their checksum or their format
    Io, // the operating system refused
    DiskFull, // no space left for data that must be durable
    Internal, // our own mistake
};

struct Problem {
    ProblemCode code = ProblemCode::Internal;
    std::string message; // one sentence, with the remedy where there is one
    std::string place; // file:line, JSON pointer, node.property, shard ...; may be empty

    // "place: message", or the message alone.
    std::string text() const { return place.empty() ? message : place + ": " + message; }
};

template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) { }
    Result(Problem problem) : state_(std::in_place_index<1>, std::move(problem)) { }

    explicit operator bool() const { return state_.index() == 0; }
    T& value() &
    {
        CHECK(*this);
        return std::get<0>(state_);
    }
    const T& value() const&
    {
        CHECK(*this);
        return std::get<0>(state_);
    }
    T&& value() &&
    {
        CHECK(*this);
        return std::get<0>(std::move(state_));
    }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    const Problem& problem() const
    {
        CHECK(!*this);
        return std::get<1>(state_);
    }

private:
    std::variant<T, Problem> state_;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Problem problem) : problem_(std::move(problem)) { }

    explicit operator bool() const { return !problem_; }
    const Problem& problem() const
    {
        CHECK(problem_);
        return *problem_;
    }

private:
    std::optional<Problem> problem_;
};

} // namespace streamwright
