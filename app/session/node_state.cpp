// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/node_state.h"

#include <algorithm>

#include "app/session/live_words.h"

namespace streamwright {

namespace {

constexpr double kWorthTelling = 10; // seconds behind

std::string thingsOf(const MetricKind& metric) { return metric.things.empty() ? "of them" : metric.things; }

std::string withAdvice(std::string text, const MetricKind& metric)
{
    return metric.advice.empty() ? text : text + " " + metric.advice;
}

double inSecondsOf(const MetricKind& metric, double value)
{
    return metric.unit == "Milliseconds" ? value / 1000 : value;
}

// The heaviest signal of the role; parts before their whole, which only adds them up.
const Signal* heaviest(const NodeSignals& node, MetricRole role)
{
    const Signal* best = nullptr;
    for (const Signal& signal : node.signals) {
        if (signal.kind->role != role || signal.perSecond <= 0) continue;
        const bool better = !best || (best->part.empty() && !signal.part.empty()) ||
                            (best->part.empty() == signal.part.empty() && signal.perSecond > best->perSecond);
        if (better) best = &signal;
    }
    return best;
}

// The part nearest to its limit, or the given one.
const Signal* nearestLimit(const NodeSignals& node, const std::string& part, double& share)
{
    const Signal* best = nullptr;
    for (const Signal& signal : node.signals) {
        const MetricRole role = signal.kind->role;
        if (role != MetricRole::In && role != MetricRole::InBytes) continue;
        if (!part.empty() && signal.part != part) continue;
        const double found = shareOfLimit(node, signal);
        if (found <= share) continue;
        share = found;
        best = &signal;
    }
    return best;
}

std::string rateInWords(const Signal& signal)
{
    const bool bytes = signal.kind->role == MetricRole::InBytes || signal.kind->role == MetricRole::OutBytes;
    return bytes ? bytesInWords(signal.perSecond) + "/s"
                 : inWords(signal.perSecond) + " " + thingsOf(*signal.kind) + "/s";
}

Verdict throttling(const NodeSignals& node, const Signal& throttled)
{
    Verdict verdict{.state = NodeState::Throttling, .part = throttled.part};
    const std::string refused = inWords(throttled.perSecond) + " " + thingsOf(*throttled.kind) + "/s are refused";
    verdict.reason = throttled.part.empty() ? refused : throttled.part + ": " + refused;
    if (const Signal* limited = nearestLimit(node, throttled.part, verdict.partShare))
        verdict.reason +=
            "; " + rateInWords(*limited) + " are taken, " + shareInWords(verdict.partShare) + " of the limit";
    verdict.reason = withAdvice(verdict.reason + ".", *throttled.kind);
    return verdict;
}

// Something failed in the state's seconds, or the last operation of a kind that is tried again did.
const Signal* failure(const NodeSignals& node)
{
    const Signal* failed = heaviest(node, MetricRole::Failed);
    for (const Signal& signal : node.signals)
        if (!failed && signal.kind->role == MetricRole::Success && signal.newestAverage < 1) failed = &signal;
    return failed;
}

Verdict failing(const Signal& failed)
{
    Verdict verdict{.state = NodeState::Failing, .part = failed.part};
    const std::string& title = failed.kind->title;
    verdict.reason = failed.kind->role == MetricRole::Success
                         ? title + ": " + shareInWords(failed.newestAverage) + " of the last attempts."
                         : title + ": " + inWords(failed.perSecond) + " " + thingsOf(*failed.kind) + "/s.";
    if (!failed.part.empty()) verdict.reason = failed.part + ": " + verdict.reason;
    verdict.reason = withAdvice(verdict.reason, *failed.kind);
    return verdict;
}

// All is well, but something is at its bound while work waits.
std::string slowness(const NodeSignals& node)
{
    const double behind = behindSeconds(node);
    if (behind < kWorthTelling) return "";
    for (const Signal& signal : node.signals)
        if (signal.kind->role == MetricRole::Fill && signal.part.empty() && shareOfLimit(node, signal) >= 1)
            return withAdvice(signal.kind->title + ": all of the " + inWords(signal.newest) + ", and it is " +
                                  ageInWords(behind) + " behind.",
                              *signal.kind);
    return "";
}

} // namespace

double behindSeconds(const NodeSignals& node)
{
    double behind = 0;
    for (const Signal& signal : node.signals)
        if (signal.kind->role == MetricRole::Age && signal.recent)
            behind = std::max(behind, inSecondsOf(*signal.kind, signal.newest));
    return behind;
}

Verdict verdictOf(const NodeSignals& node, bool quiet)
{
    if (const Signal* failed = failure(node)) return failing(*failed);
    if (const Signal* throttled = heaviest(node, MetricRole::Throttled)) return throttling(node, *throttled);
    Verdict verdict;
    if (quiet) {
        verdict.state = NodeState::Starved;
        verdict.reason = "Nothing has come for a while: see what feeds it.";
        return verdict;
    }
    verdict.reason = slowness(node);
    if (const Signal* busiest = nearestLimit(node, "", verdict.partShare)) verdict.part = busiest->part;
    return verdict;
}

} // namespace streamwright
