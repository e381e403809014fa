// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>

#include "plugins/kinesis/api/actions.h"
#include "plugins/kinesis/api/answers.h"
#include "plugins/kinesis/api/stream_use.h"
#include "plugins/kinesis/api/tokens.h"

namespace streamwright::kinesis {

namespace {

// "Thu Jan 22 01:22:02 UTC 2015"
std::string plainDate(Time t)
{
    static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(t);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(t - day));
    char text[64];
    std::snprintf(text, sizeof text, "%s %s %02u %02d:%02d:%02d UTC %d",
                  kDays[std::chrono::weekday(day).c_encoding()], kMonths[unsigned(date.month()) - 1],
                  unsigned(date.day()), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                  static_cast<int>(date.year()));
    return text;
}

api::ApiError expired(Time issued, Time now)
{
    return {"ExpiredIteratorException",
            "Iterator expired. The iterator was created at time " + plainDate(issued) + " while right now it is " +
                plainDate(now) + " which is further in the future than the tolerated delay of " +
                std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(kTokenLife).count()) +
                " milliseconds."};
}

} // namespace

api::Outcome getRecords(api::Call& call, api::Writer& out)
{
    auto iterator = ShardIterator::parse(call.input().string("ShardIterator"));
    if (!iterator) return invalidArgument("Invalid ShardIterator.");
    if (call.now() - iterator->issued > kTokenLife) return expired(iterator->issued, call.now());
    StreamUse use(call, iterator->stream, StreamUse::Needs::Records);
    if (!use) return use.error();
    const ShardIdText shardId(iterator->shard);
    const auto shard = use.stream().shard(iterator->shard);
    if (!shard || shard->created() != iterator->shardCreated) return shardDoesNotExist(call, use.name(), shardId);

    const auto most = static_cast<std::size_t>(
        call.input().integer("Limit", static_cast<std::int64_t>(kGetRecordsMostRecords)));
    const GetResult got = shard->getRecords(call.now(), std::min(iterator->position, shard->log().next()), most);
    use->readMetrics().getRecords(call.now(), iterator->shard, got);
    if (got.throttled)
        return shardThrottled(call, use.name(), shardId,
                              "the shard gives 2 MiB a second in 5 calls, to all readers together");
    out.beginMap();
    writeRecords(out, *shard, got.read, *use->facts());
    if (got.atEnd) {
        writeChildShards(out, use.stream().shardMap(), iterator->shard);
    } else {
        iterator->position = got.read.next;
        iterator->issued = call.now();
        out.member("NextShardIterator", iterator->text());
    }
    out.member("MillisBehindLatest", static_cast<std::int64_t>(got.behind / milliseconds(1)));
    out.endMap();
    return api::Answered{};
}

} // namespace streamwright::kinesis
