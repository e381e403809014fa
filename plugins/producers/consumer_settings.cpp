// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/consumer_settings.h"

#include <algorithm>
#include <cmath>

#include "plugins/producers/files/time_text.h"

namespace streamwright::producers {

namespace {

constexpr Duration kLongestBackOff = std::chrono::minutes(1);

Duration fromSeconds(double s) { return Duration(std::llround(s * 1e6)); }

StartPosition startOf(const Json& properties)
{
    const auto name = properties.at("StartPosition").get<std::string>();
    if (name == "LATEST") return {StartPosition::Kind::Latest, {}};
    if (name != "AT_TIMESTAMP") return {StartPosition::Kind::TrimHorizon, {}};
    return {StartPosition::Kind::AtTime, parseTime(properties.value("Timestamp", "")).value_or(Time{})};
}

} // namespace

std::optional<Time> timeOrSeconds(const Json& value, Time start)
{
    constexpr double kMostSeconds = 3.2e9; // a century
    if (value.is_number()) {
        const double s = value.get<double>();
        return s >= 0 && s <= kMostSeconds ? std::optional(start + fromSeconds(s)) : std::nullopt;
    }
    return value.is_string() ? parseTime(value.get<std::string>()) : std::nullopt;
}

WorkingHours::WorkingHours(const Json& properties, Time start) : start_(start), pausedUntil_(start)
{
    if (properties.contains("PausedUntil"))
        pausedUntil_ = timeOrSeconds(properties["PausedUntil"], start).value_or(start);
    if (!properties.contains("Schedule")) return;
    every_ = fromSeconds(properties["Schedule"].at("EverySeconds").get<double>());
    length_ = fromSeconds(properties["Schedule"].at("ForSeconds").get<double>());
    if (length_ >= every_) every_ = Duration(0);
}

bool WorkingHours::workAt(Time t) const
{
    return t >= pausedUntil_ && (every_ == Duration(0) || (t - start_) % every_ < length_);
}

Time WorkingHours::nextChange(Time t) const
{
    if (every_ == Duration(0)) return t < pausedUntil_ ? pausedUntil_ : kNever;
    if (t < pausedUntil_ && !workAt(pausedUntil_)) return nextChange(pausedUntil_);
    if (t < pausedUntil_) return pausedUntil_;
    const Time periodBegin = t - (t - start_) % every_;
    return workAt(t) ? periodBegin + length_ : periodBegin + every_;
}

ConsumerSettings ConsumerSettings::read(const Json& properties)
{
    ConsumerSettings settings;
    settings.batchSize = properties.at("BatchSize").get<std::size_t>();
    settings.microsPerRecord = properties.at("MillisecondsPerRecord").get<double>() * 1e3;
    settings.workers = properties.at("Workers").get<std::size_t>();
    settings.deaggregate = properties.at("Deaggregate").get<bool>();
    settings.failureRate = properties.at("FailureRate").get<double>();
    settings.poisonKey = properties.value("PoisonKey", "");
    settings.maxAttempts = properties.at("Retry").at("MaxAttempts").get<std::uint32_t>();
    settings.base = milliseconds(properties.at("Retry").at("BaseMilliseconds").get<std::int64_t>());
    settings.start = startOf(properties);
    return settings;
}

Duration ConsumerSettings::workTime(std::size_t records) const
{
    return Duration(std::llround(static_cast<double>(records) * microsPerRecord));
}

Duration ConsumerSettings::backOff(std::uint32_t attempts, Random& random) const
{
    const std::int64_t doubled = base.count() << std::min(attempts - 1, 30u);
    const std::int64_t most = std::min<std::int64_t>(doubled, std::max(kLongestBackOff, base).count());
    const std::int64_t half = most / 2;
    return Duration(half + static_cast<std::int64_t>(random.uniform() * static_cast<double>(most - half)) + 1);
}

} // namespace streamwright::producers
