// SPDX-License-Identifier: GPL-3.0-or-later
// QueueFixture: a queue over an in-memory log for tests: short calls with times in seconds since kStart, bodies as
// text. Reopening replays the log into a new Queue.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "core/log/log_store.h"
#include "plugins/sqs/queue.h"

namespace streamwright::sqs::test {

inline constexpr Time kStart = Time(std::chrono::sys_days(std::chrono::year(2026) / 1 / 1));
inline Time at(double secondsSinceStart)
{
    return kStart + Duration(static_cast<Duration::rep>(secondsSinceStart * 1e6));
}

using Bodies = std::vector<std::string>;

inline QueueSettings fifoSettings()
{
    QueueSettings settings;
    settings.fifo = true;
    settings.contentBasedDeduplication = true;
    return settings;
}

class QueueFixture {
public:
    explicit QueueFixture(const QueueSettings& settings = {}, std::string name = "orders")
        : settings_(settings),
          name_(std::move(name))
    {
        reopen(0);
    }

    void reopen(double time, ByteCount deadLogTolerated = ByteCount(0))
    {
        queue_.reset();
        auto opened = Queue::open({name_, settings_, log(), 1, deadLogTolerated}, at(time));
        ASSERT_TRUE(opened) << opened.problem().text();
        queue_ = std::move(*opened);
    }
    void configure(const QueueSettings& settings, double time)
    {
        settings_ = settings;
        queue_->configure(settings, at(time));
    }

    Answer<Sent> trySend(const NewMessage& message, double time)
    {
        auto answers = queue_->send(std::span(&message, 1), at(time));
        if (!answers) return answers.refusal();
        return answers->front();
    }
    Sent send(const NewMessage& message, double time)
    {
        auto sent = trySend(message, time);
        EXPECT_TRUE(sent) << sent.refusal().message;
        return sent ? *sent : Sent();
    }
    template <std::convertible_to<std::string_view> Text>
    Sent send(const Text& body, double time)
    {
        return send(NewMessage{body}, time);
    }
    // A FIFO message: group = the first letter of the body, deduplicated by content.
    Sent sendGrouped(std::string_view body, double time) { return send(NewMessage{body, body.substr(0, 1)}, time); }

    Answer<Received> tryReceive(double time, std::size_t maximum = 10) { return queue_->receive({maximum}, at(time)); }
    // The bodies; their handles are remembered by body.
    Bodies receive(double time, std::size_t maximum = 10, std::optional<Duration> visibility = {})
    {
        return note(queue_->receive({maximum, visibility}, at(time)));
    }
    Bodies note(const Answer<Received>& received)
    {
        EXPECT_TRUE(received) << received.refusal().message;
        Bodies bodies;
        if (!received) return bodies;
        for (const ReceivedMessage& message : received->messages) {
            bodies.emplace_back(message.body);
            handles[bodies.back()] = message.handle;
        }
        return bodies;
    }

    // Nothing when the delete succeeded, otherwise the code.
    std::string remove(const std::string& body, double time) { return remove(handles.at(body), time); }
    std::string remove(const ReceiptHandle& handle, double time)
    {
        auto answers = queue_->deleteMessages(std::span(&handle, 1), at(time));
        const std::optional<Refusal> refusal = answers ? answers->front() : answers.refusal();
        return refusal ? name(refusal->code) : "";
    }
    std::string changeVisibility(const std::string& body, Duration timeout, double time)
    {
        const auto refusal = queue_->changeVisibility(handles.at(body), timeout, at(time));
        return refusal ? name(refusal->code) : "";
    }

    Queue& operator*() { return *queue_; }
    Queue* operator->() { return queue_.get(); }
    std::shared_ptr<ShardLog> log()
    {
        auto opened = store_->log(name_ + "/queue");
        EXPECT_TRUE(opened);
        return *opened;
    }
    LogStore& store() { return *store_; }

    std::map<std::string, ReceiptHandle> handles;

private:
    QueueSettings settings_;
    const std::string name_;
    const std::unique_ptr<LogStore> store_ = LogStore::inMemory();
    std::unique_ptr<Queue> queue_;
};

// The code of a refusal, or "" for a success.
template <typename T>
std::string codeOf(const Answer<T>& answer)
{
    return answer ? "" : name(answer.refusal().code);
}

} // namespace streamwright::sqs::test
