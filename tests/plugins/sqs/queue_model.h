// SPDX-License-Identifier: GPL-3.0-or-later
// QueueModel: the rules of a queue in the plainest form, a list searched from the front, to test Queue against.
// Messages are named by an index that grows with every send. Times only ever grow.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plugins/sqs/limits.h"
#include "plugins/sqs/queue_settings.h"

namespace streamwright::sqs::test {

struct ModelMessage {
    std::uint64_t index = 0;
    std::uint64_t rank = 0;
    std::string body, group;
    Time sent{}, until{}, lastReceived{};
    std::uint32_t receives = 0;
    enum class State { Delayed, Visible, InFlight, Moving } state = State::Visible;
};

class QueueModel {
public:
    using State = ModelMessage::State;

    explicit QueueModel(const QueueSettings& settings) : settings_(settings) { }

    void advance(Time now)
    {
        now_ = now;
        for (ModelMessage& message : messages_) {
            const bool hidden = message.state == State::Delayed || message.state == State::InFlight;
            if (hidden && message.until <= now_) message.state = State::Visible;
        }
        expired_ += std::erase_if(messages_, [&](const ModelMessage& message) {
            return message.state != State::Moving && message.sent + settings_.retention <= now_;
        });
        std::erase_if(sends_, [&](const auto& send) { return send.second.first + kDeduplicationInterval <= now_; });
    }

    void configure(const QueueSettings& settings)
    {
        if (settings_.fifo && settings.delay != settings_.delay)
            for (ModelMessage& message : messages_)
                if (message.state == State::Delayed) message.until = message.sent + settings.delay;
        settings_ = settings;
        advance(now_);
    }

    // The index of the message, and whether it is a duplicate.
    std::pair<std::uint64_t, bool> send(const std::string& body, const std::string& group, const std::string& id,
                                        std::optional<Duration> delay)
    {
        if (settings_.fifo) {
            const auto [at, first] = sends_.try_emplace(id, now_, next_);
            if (!first) return {at->second.second, true};
        }
        ModelMessage message;
        message.index = message.rank = next_++;
        message.body = body;
        message.group = settings_.fifo ? group : "";
        message.sent = now_;
        message.until = now_ + delay.value_or(settings_.delay);
        message.state = message.until > now_ ? State::Delayed : State::Visible;
        messages_.push_back(message);
        return {message.index, false};
    }

    struct Received {
        std::vector<ModelMessage> messages, dead;
        bool overLimit = false;
    };
    Received receive(std::size_t maximum, Duration visibility)
    {
        Received out;
        const std::size_t inFlight = count(State::InFlight);
        if (inFlight >= settings_.inFlightLimit) {
            out.overLimit = !settings_.fifo;
            return out;
        }
        std::vector<std::uint64_t> picked;
        const std::vector<ModelMessage> before = messages_; // the locks are those from before the call
        const std::string* group = nullptr;
        while (picked.size() < std::min(maximum, settings_.inFlightLimit - inFlight)) {
            ModelMessage* message = group ? head(*group) : nullptr;
            if (!message || !reachable(*message)) message = firstHead(before);
            if (!message || !reachable(*message)) break;
            const bool dead = settings_.maxReceiveCount > 0 && message->receives >= settings_.maxReceiveCount;
            message->state = State::Moving;
            if (dead) {
                out.dead.push_back(*message);
            } else {
                picked.push_back(message->index);
                group = &find(message->index)->group;
            }
        }
        const std::uint64_t event = picked.empty() ? 0 : next_++;
        for (const std::uint64_t index : picked) {
            ModelMessage& message = *find(index);
            ++message.receives;
            message.lastReceived = now_;
            message.until = now_ + visibility;
            message.state = message.until > now_ ? State::InFlight : State::Visible;
            if (!settings_.fifo && message.receives >= 3) message.rank = event;
            out.messages.push_back(message);
        }
        return out;
    }

    // Whether the delete succeeds.
    bool remove(std::uint64_t index, std::uint32_t receive)
    {
        const ModelMessage* message = find(index);
        if (!message) return true;
        const bool newest = message->receives == receive;
        if (settings_.fifo && !(newest && message->state == State::InFlight)) return false;
        if (newest) erase(index);
        return true;
    }

    bool changeVisibility(std::uint64_t index, std::uint32_t receive, Duration timeout)
    {
        ModelMessage* message = find(index);
        if (!message || message->receives != receive) return false;
        const bool timedOut = message->state == State::Visible && message->until != Time{};
        if (timedOut && !settings_.fifo) return true; // and nothing happens
        if (message->state != State::InFlight) return false;
        if (now_ + timeout > message->lastReceived + std::chrono::hours(12)) return false;
        message->until = timeout > Duration::zero() ? now_ + timeout : Time{};
        if (timeout <= Duration::zero()) message->state = State::Visible;
        return true;
    }

    void purge() { messages_.clear(); }
    void erase(std::uint64_t index)
    {
        std::erase_if(messages_, [&](const ModelMessage& message) { return message.index == index; });
    }
    // Moves that were under way are forgotten; also what a restart does.
    void returnMoves()
    {
        for (ModelMessage& message : messages_)
            if (message.state == State::Moving) message.state = State::Visible;
    }

    std::size_t count(State state) const
    {
        return static_cast<std::size_t>(
            std::ranges::count(messages_, state, [](const ModelMessage& message) { return message.state; }));
    }
    Duration oldestAge() const
    {
        for (const ModelMessage& message : messages_)
            if (settings_.fifo || message.receives < 3) return now_ - message.sent;
        return Duration::zero();
    }
    Time nextEvent() const
    {
        Time next = kNever;
        for (const ModelMessage& message : messages_) {
            if (message.state != State::Moving) next = std::min(next, message.sent + settings_.retention);
            if (message.state == State::Delayed || message.state == State::InFlight)
                next = std::min(next, message.until);
        }
        return next;
    }
    std::size_t takeExpired() { return std::exchange(expired_, 0); }

private:
    ModelMessage* find(std::uint64_t index)
    {
        const auto at = std::ranges::find(messages_, index, &ModelMessage::index);
        return at == messages_.end() ? nullptr : &*at;
    }
    // The visible message of the group that is first in rank.
    ModelMessage* head(const std::string& group)
    {
        ModelMessage* first = nullptr;
        for (ModelMessage& message : messages_)
            if (message.state == State::Visible && message.group == group &&
                (!first || std::pair(message.rank, message.index) < std::pair(first->rank, first->index)))
                first = &message;
        return first;
    }
    ModelMessage* firstHead(const std::vector<ModelMessage>& before)
    {
        ModelMessage* first = nullptr;
        for (const ModelMessage& any : std::vector<ModelMessage>(messages_)) {
            const bool locked = settings_.fifo && std::ranges::any_of(before, [&](const ModelMessage& message) {
                                    return message.group == any.group && message.state == State::InFlight;
                                });
            ModelMessage* candidate = locked ? nullptr : head(any.group);
            if (candidate &&
                (!first || std::pair(candidate->rank, candidate->index) < std::pair(first->rank, first->index)))
                first = candidate;
        }
        return first;
    }
    bool reachable(const ModelMessage& message) const
    {
        if (!settings_.fifo) return true;
        const auto before = std::ranges::count_if(messages_, [&](const auto& m) { return m.index < message.index; });
        return static_cast<std::size_t>(before) < settings_.inFlightLimit;
    }

    QueueSettings settings_;
    std::vector<ModelMessage> messages_; // by index
    std::map<std::string, std::pair<Time, std::uint64_t>> sends_;
    Time now_{};
    std::uint64_t next_ = 0;
    std::size_t expired_ = 0;
};

} // namespace streamwright::sqs::test
