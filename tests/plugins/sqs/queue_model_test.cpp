// SPDX-License-Identifier: GPL-3.0-or-later
// Random operations on a Queue and on the model, with restarts and tidying of the log in between: both must agree on
// every answer and, after every operation, on every count.
#include "tests/plugins/sqs/queue_model.h"

#include <rapidcheck/gtest.h>

#include "tests/plugins/sqs/queue_fixture.h"

namespace streamwright::sqs::test {
namespace {

using State = ModelMessage::State;

struct Operation {
    int kind = 0;
    unsigned a = 0, b = 0;
};

class Comparison {
public:
    explicit Comparison(const QueueSettings& settings) : settings_(settings), queue_(settings), model_(settings)
    {
        model_.advance(at(0));
    }

    void run(const Operation& operation)
    {
        switch (operation.kind) {
        case 0:
        case 1:
        case 2:
            send(operation.a, operation.b);
            break;
        case 3:
        case 4:
        case 5:
            receive(1 + operation.a % 5, operation.b);
            break;
        case 6:
            remove(operation.a);
            break;
        case 7:
            changeVisibility(operation.a, operation.b);
            break;
        case 8:
        case 9:
            pass(operation.a);
            break;
        case 10:
            tidy(operation.a % 2 == 0);
            break;
        case 11:
            restart();
            break;
        case 12:
            purge();
            break;
        case 13:
            configure(operation.a, operation.b);
            break;
        default:
            settleMoves(operation.a % 2 == 0);
            break;
        }
        compare();
    }

    // Everything that is left comes out in the same order.
    void drain()
    {
        restart();
        compare();
        for (int i = 0; i < 50; ++i) {
            pass(3);
            receive(10, 0);
            compare();
        }
    }

private:
    Time now() const { return at(seconds_); }

    void send(unsigned a, unsigned b)
    {
        const std::string body = "body " + std::to_string(bodies_++);
        const std::string group(1, static_cast<char>('A' + a % 3));
        const std::string id = !settings_.fifo ? "" : b < 40 ? "id" + std::to_string(b % 5) : body.substr(5);
        std::optional<Duration> delay;
        if (!settings_.fifo && b % 3 == 0) delay = seconds(b % 40);
        const auto [index, duplicate] = model_.send(body, group, id, delay);
        const Sent sent = queue_.send(NewMessage{body, group, id, {}, delay}, seconds_);
        RC_ASSERT(sent.duplicate == duplicate);
        if (duplicate)
            RC_ASSERT(sent.id == ids_.at(index));
        else
            ids_[index] = sent.id;
    }

    void receive(std::size_t maximum, unsigned b)
    {
        static constexpr int kTimeouts[] = {-1, 0, 5, 40};
        const int timeout = kTimeouts[b % 4];
        const auto visibility = timeout < 0 ? std::nullopt : std::optional<Duration>(seconds(timeout));
        const auto expected = model_.receive(maximum, visibility.value_or(settings_.visibilityTimeout));
        const auto received = queue_->receive({maximum, visibility}, now());
        RC_ASSERT(codeOf(received) == (expected.overLimit ? "OverLimit" : ""));
        if (!received) return;
        compare(received->messages, expected.messages);
        compare(received->dead, expected.dead);
        for (std::size_t i = 0; i < received->messages.size(); ++i)
            handles_.push_back({received->messages[i].handle, expected.messages[i].index});
        for (std::size_t i = 0; i < received->dead.size(); ++i)
            moving_.push_back({received->dead[i].handle, expected.dead[i].index});
    }

    void compare(const std::vector<ReceivedMessage>& actual, const std::vector<ModelMessage>& expected)
    {
        RC_ASSERT(actual.size() == expected.size());
        for (std::size_t i = 0; i < actual.size(); ++i) {
            RC_ASSERT(actual[i].body == expected[i].body);
            RC_ASSERT(actual[i].id == ids_.at(expected[i].index));
            RC_ASSERT(actual[i].receives == expected[i].receives);
            RC_ASSERT(actual[i].sent == expected[i].sent);
        }
    }

    void remove(unsigned which)
    {
        if (handles_.empty()) return;
        const auto& [handle, index] = handles_[which % handles_.size()];
        RC_ASSERT(queue_.remove(handle, seconds_).empty() == model_.remove(index, handle.receive));
    }

    void changeVisibility(unsigned which, unsigned b)
    {
        if (handles_.empty()) return;
        static constexpr int kTimeouts[] = {0, 3, 50, 43200};
        const Duration timeout = seconds(kTimeouts[b % 4]);
        const auto& [handle, index] = handles_[which % handles_.size()];
        RC_ASSERT(!queue_->changeVisibility(handle, timeout, now()) ==
                  model_.changeVisibility(index, handle.receive, timeout));
    }

    void pass(unsigned a)
    {
        static constexpr double kSteps[] = {0.5, 1, 7, 31, 61, 299};
        seconds_ += kSteps[a % 6];
        model_.advance(now());
    }

    void tidy(bool trim)
    {
        const std::uint64_t position = queue_->tidyLog(now());
        if (trim) queue_->trimLog(position); // otherwise a crash came first
    }

    void restart()
    {
        model_.returnMoves();
        model_.advance(now());
        moving_.clear();
        queue_.reopen(seconds_);
        (void)queue_->takeExpired();
        (void)model_.takeExpired();
    }

    void purge()
    {
        if (lastPurge_ && seconds_ < *lastPurge_ + 60) return;
        lastPurge_ = seconds_;
        model_.purge();
        RC_ASSERT(static_cast<bool>(queue_->purge(now())));
    }

    void configure(unsigned a, unsigned b)
    {
        settings_.delay = seconds(a % 3 * 10);
        settings_.retention = seconds(60 + b % 3 * 200);
        settings_.visibilityTimeout = seconds(a % 2 ? 30 : 8);
        settings_.maxReceiveCount = b % 4;
        model_.configure(settings_);
        queue_.configure(settings_, seconds_);
    }

    void settleMoves(bool moved)
    {
        std::vector<MessageNumber> numbers;
        for (const auto& [handle, index] : moving_) {
            numbers.push_back(handle.number);
            if (moved) model_.erase(index);
        }
        moving_.clear();
        if (moved) {
            queue_->finishMove(numbers, now());
        } else {
            model_.returnMoves();
            queue_->returnMove(numbers, now());
            // What has expired meanwhile goes at the next call.
            model_.advance(now());
        }
    }

    void compare()
    {
        const QueueCounts counts = queue_->counts(now());
        RC_ASSERT(counts.visible == model_.count(State::Visible));
        RC_ASSERT(counts.delayed == model_.count(State::Delayed));
        RC_ASSERT(counts.notVisible == model_.count(State::InFlight) + model_.count(State::Moving));
        RC_ASSERT(counts.oldestAge == model_.oldestAge());
        RC_ASSERT(queue_->nextEvent() == model_.nextEvent());
        RC_ASSERT(queue_->takeExpired() == model_.takeExpired());
    }

    QueueSettings settings_;
    QueueFixture queue_;
    QueueModel model_;
    double seconds_ = 0;
    int bodies_ = 0;
    std::map<std::uint64_t, MessageId> ids_; // by model index
    std::vector<std::pair<ReceiptHandle, std::uint64_t>> handles_, moving_;
    std::optional<double> lastPurge_;
};

rc::Gen<std::vector<Operation>> operations()
{
    const auto operation =
        rc::gen::map(rc::gen::tuple(rc::gen::inRange(0, 15), rc::gen::inRange(0u, 120u), rc::gen::inRange(0u, 120u)),
                     [](const std::tuple<int, unsigned, unsigned>& t) {
                         return Operation{std::get<0>(t), std::get<1>(t), std::get<2>(t)};
                     });
    return rc::gen::scale(3.0, rc::gen::container<std::vector<Operation>>(operation));
}

void agree(QueueSettings settings)
{
    settings.retention = seconds(100);
    settings.maxReceiveCount = 3;
    settings.inFlightLimit = 4;
    Comparison comparison(settings);
    for (const Operation& operation : *operations())
        comparison.run(operation);
    comparison.drain();
}

RC_GTEST_PROP(QueueModel, StandardQueueDoesWhatTheModelDoesThroughRestarts, ()) { agree({}); }

RC_GTEST_PROP(QueueModel, FifoQueueDoesWhatTheModelDoesThroughRestarts, ()) { agree(fifoSettings()); }

} // namespace
} // namespace streamwright::sqs::test
