// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/time/clock.h"

#include <algorithm>

namespace streamwright {

PacedClock::PacedClock(Time start, double factor)
    : Clock(start),
      start_(start),
      factor_(factor),
      wallStart_(std::chrono::steady_clock::now())
{
}

Time PacedClock::advance(Time t)
{
    using Wall = std::chrono::steady_clock;
    // Far ends are approached in hours: a century of slow run is no time the wall's clock can hold.
    t = std::min(t,
                 now() + std::max(Duration(1), Duration(static_cast<Duration::rep>(std::min(factor_, 1e6) * 3600e6))));
    const auto wallSpan =
        std::chrono::duration<double, std::micro>(static_cast<double>((t - start_).count()) / factor_);
    const Wall::time_point due = wallStart_ + std::chrono::ceil<Wall::duration>(wallSpan);
    std::unique_lock lock(mutex_);
    const bool cut = wake_.wait_until(lock, due, [this] { return interrupted_; });
    interrupted_ = false;
    if (cut && Wall::now() < due) {
        const auto passed = std::chrono::duration<double, std::micro>(Wall::now() - wallStart_).count() * factor_;
        t = std::clamp(start_ + Duration(static_cast<Duration::rep>(passed)), now(), t);
    }
    set(t);
    return t;
}

void PacedClock::interrupt()
{
    {
        const std::lock_guard lock(mutex_);
        interrupted_ = true;
    }
    wake_.notify_all();
}

} // namespace streamwright
