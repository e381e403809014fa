// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/time/clock.h"

#include <algorithm>

namespace streamwright {

namespace {
constexpr auto kMostLag = std::chrono::seconds(1);
// Far ends are approached in such steps, so that who looks sees the time pass.
constexpr Clock::Wall::duration kLongestWait = std::chrono::milliseconds(200);
} // namespace

Clock::Clock(Time start, double speed)
    : now_(start.time_since_epoch().count()),
      base_(start),
      wallBase_(Wall::now()),
      speed_(speed),
      target_(start)
{
}

Time Clock::shouldBe(Wall::time_point wall) const
{
    const double passed = std::chrono::duration<double, std::micro>(wall - wallBase_).count() * speed_;
    return base_ + Duration(static_cast<Duration::rep>(std::min(passed, 1e17)));
}

Time Clock::current() const
{
    const std::lock_guard lock(mutex_);
    return speed_ > 0 ? std::clamp(shouldBe(Wall::now()), now(), std::max(now(), target_)) : now();
}

void Clock::follow()
{
    const std::lock_guard lock(mutex_);
    base_ = now();
    wallBase_ = Wall::now();
}

Time Clock::advance(Time t)
{
    std::unique_lock lock(mutex_);
    target_ = t;
    for (;;) {
        if (speed_ <= 0) break;
        const Wall::time_point wall = Wall::now();
        const std::chrono::duration<double, std::micro> span(static_cast<double>((t - base_).count()) / speed_);
        const std::chrono::duration<double, std::micro> left = span - (wall - wallBase_);
        if (left.count() <= 0) {
            if (-left > kMostLag) {
                base_ = t;
                wallBase_ = wall;
            }
            break;
        }
        const bool far = left > kLongestWait;
        const auto woken = [&, speed = speed_] { return interrupted_ || speed_ != speed; };
        wake_.wait_until(lock, wall + (far ? kLongestWait : std::chrono::ceil<Wall::duration>(left)), woken);
        if (interrupted_ || far) {
            t = std::clamp(shouldBe(Wall::now()), now(), t);
            break;
        }
    }
    interrupted_ = false;
    target_ = t;
    set(t);
    return t;
}

void Clock::jump(Time t)
{
    const std::lock_guard lock(mutex_);
    base_ = t;
    wallBase_ = Wall::now();
    target_ = t;
    set(t);
}

void Clock::interrupt()
{
    {
        const std::lock_guard lock(mutex_);
        interrupted_ = true;
    }
    wake_.notify_all();
}

void Clock::setSpeed(double speed)
{
    {
        const std::lock_guard lock(mutex_);
        const Wall::time_point wall = Wall::now();
        base_ = speed_ > 0 ? std::clamp(shouldBe(wall), now(), std::max(now(), target_)) : now();
        wallBase_ = wall;
        speed_ = speed;
    }
    wake_.notify_all();
}

double Clock::speed() const
{
    const std::lock_guard lock(mutex_);
    return speed_;
}

} // namespace streamwright
