// SPDX-License-Identifier: GPL-3.0-or-later
// TokenBucket: a rate limit with a burst. Integer arithmetic in millionths of a token, so that a run is the same on
// every machine. Starts full. One owner, one thread at a time.
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/base/uint128.h"
#include "core/base/units.h"

namespace streamwright {

class TokenBucket {
public:
    // perSecond: tokens that flow in a second; depth: the most it holds (tokens).
    TokenBucket(std::uint64_t perSecond, std::uint64_t depth)
        : perSecond_(perSecond),
          depth_(scaled(depth)),
          level_(scaled(depth))
    {
    }

    bool has(std::uint64_t tokens, Time now)
    {
        refill(now);
        return level_ >= scaled(tokens);
    }
    // Takes the tokens if they are all there.
    bool take(std::uint64_t tokens, Time now)
    {
        if (!has(tokens, now)) return false;
        level_ -= scaled(tokens);
        return true;
    }
    // Takes them even into debt: later calls wait until the debt is paid.
    void overdraw(std::uint64_t tokens, Time now)
    {
        refill(now);
        level_ -= scaled(tokens);
    }
    // When so many tokens will be there, if nobody takes any; now or later.
    Time readyAt(std::uint64_t tokens, Time now)
    {
        refill(now);
        const std::int64_t missing = scaled(tokens) - level_;
        if (missing <= 0) return now;
        if (perSecond_ == 0 || scaled(tokens) > depth_) return kNever;
        const auto rate = static_cast<std::int64_t>(perSecond_);
        return now + Duration((missing + rate - 1) / rate);
    }
    std::int64_t level(Time now)
    {
        refill(now);
        return level_ / kScale;
    }

private:
    static constexpr std::int64_t kScale = 1'000'000; // a token a second is one unit a microsecond
    static std::int64_t scaled(std::uint64_t tokens) { return static_cast<std::int64_t>(tokens) * kScale; }

    void refill(Time now)
    {
        if (now <= last_) return;
        const Uint128 inflow = Uint128(static_cast<std::uint64_t>((now - last_).count())) * perSecond_;
        const auto room = static_cast<Uint128>(depth_ - level_);
        level_ += static_cast<std::int64_t>(std::min(inflow, room));
        last_ = now;
    }

    std::uint64_t perSecond_;
    std::int64_t depth_;
    std::int64_t level_;
    Time last_{};
};

} // namespace streamwright
