// SPDX-License-Identifier: GPL-3.0-or-later
// queue_bench: messages a second that a queue in memory sends, receives and deletes on one thread, in batches of 10,
// 100-byte bodies, beside what appending the same bodies to the log alone does. A backlog must not slow a queue down.
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "core/log/log_store.h"
#include "plugins/sqs/queue.h"

namespace {

using namespace streamwright;
using namespace streamwright::sqs;

constexpr std::size_t kMessages = 1'000'000;
constexpr std::size_t kBacklog = 1'000'000;

double secondsOf(auto&& body)
{
    const auto start = std::chrono::steady_clock::now();
    body();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

class Bench {
public:
    Bench(QueueSettings settings, std::size_t groups)
        : settings_(settings),
          groups_(groups),
          queue_(std::move(*Queue::open({"q", settings, *store_->log("q/queue")}, now_)))
    {
    }

    void send(std::string_view group = {})
    {
        std::vector<std::string> texts;
        for (int i = 0; i < 10; ++i)
            texts.push_back(std::to_string(1'000'000'000 + number_++));
        std::vector<NewMessage> batch;
        for (std::size_t i = 0; i < 10; ++i)
            batch.push_back({body_, {}, {}, {}, {}});
        for (std::size_t i = 0; i < 10 && settings_.fifo; ++i) {
            batch[i].groupId = group.empty() ? std::string_view(texts[i]).substr(10 - digits()) : group;
            batch[i].deduplicationId = texts[i];
        }
        if (!queue_->send(batch, now_)) std::abort();
    }

    std::size_t receiveAndDelete()
    {
        const auto received = queue_->receive({10}, now_);
        if (!received) std::abort();
        std::vector<ReceiptHandle> handles;
        for (const ReceivedMessage& message : received->messages)
            handles.push_back(message.handle);
        if (!handles.empty() && !queue_->deleteMessages(handles, now_)) std::abort();
        return handles.size();
    }

    void receiveOnly() { (void)queue_->receive({1, std::chrono::hours(12)}, now_); }

    void tick()
    {
        now_ += settings_.fifo ? milliseconds(4) : Duration(20); // within the 300 calls a second of a FIFO queue
        queue_->trimLog(trim_);
        trim_ = queue_->tidyLog(now_);
    }

    double rate()
    {
        std::size_t done = 0;
        const double seconds = secondsOf([&] {
            for (std::size_t i = 0; i < kMessages / 10; ++i) {
                send();
                done += receiveAndDelete();
                tick();
            }
        });
        if (done != kMessages) std::printf("only %zu messages came\n", done);
        return static_cast<double>(done) / seconds;
    }
    ByteCount memory() const { return store_->memory(); }

private:
    std::size_t digits() const { return std::to_string(groups_ - 1).size(); }

    const QueueSettings settings_;
    const std::size_t groups_;
    const std::string body_ = std::string(100, 'x');
    const std::unique_ptr<LogStore> store_ = LogStore::inMemory();
    Time now_ = Time(seconds(1'767'225'600));
    std::unique_ptr<Queue> queue_;
    std::uint64_t number_ = 0;
    std::uint64_t trim_ = 0;
};

double appendRate()
{
    const auto store = LogStore::inMemory();
    const auto log = *store->log("q/queue");
    const std::string body(100, 'x'), extra(4, 'e');
    return kMessages / secondsOf([&] {
               for (std::size_t i = 0; i < kMessages; ++i) {
                   if (!log->append({{}, body, extra, Time(), 0})) std::abort();
                   if (i % 10'000 == 0) log->trim(i);
               }
           });
}

void line(const char* what, double rate, double limit)
{
    std::printf("%-64s %12.0f messages/s  %12.0f appends/s  %5.1f %%\n", what, rate, limit, 100 * rate / limit);
    std::fflush(stdout);
}

QueueSettings fifo()
{
    QueueSettings settings;
    settings.fifo = true;
    settings.inFlightLimit = 3 * kBacklog; // so that the groups behind the backlog are looked at
    settings.retention = kRetentionMaximum;
    return settings;
}

} // namespace

int main()
{
    const double limit = appendRate();
    line("standard, empty", Bench({}, 1).rate(), limit);
    {
        Bench bench({}, 1);
        for (std::size_t i = 0; i < kBacklog / 10; ++i)
            bench.send();
        line("standard, 1,000,000 of backlog", bench.rate(), limit);
    }
    line("FIFO, empty, 10 groups", Bench(fifo(), 10).rate(), limit);
    line("FIFO, empty, 100,000 groups", Bench(fifo(), 100'000).rate(), limit);
    {
        Bench bench(fifo(), 100'000);
        for (std::size_t i = 0; i < kBacklog / 10; ++i) {
            bench.send();
            bench.tick();
        }
        line("FIFO, 1,000,000 of backlog in 100,000 groups", bench.rate(), limit);
    }
    {
        Bench bench(fifo(), 10);
        for (std::size_t i = 0; i < kBacklog / 10; ++i) {
            bench.send("blocked");
            if (i == 0) bench.receiveOnly();
            bench.tick();
        }
        line("FIFO, 1,000,000 of backlog in one blocked group, 10 others", bench.rate(), limit);
    }
}
