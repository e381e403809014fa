// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/queue_browser.h"

#include <algorithm>

#include "core/metrics/top_keys.h"
#include "core/record/attributes.h"
#include "plugins/sqs/message_record.h"

namespace streamwright::sqs {

namespace {

constexpr std::size_t kKeysTold = 10;
constexpr std::size_t kMessagesARead = 1000;

struct Part {
    const char* name;
    MessageState state;
};
constexpr Part kParts[] = {
    {"visible", MessageState::Visible}, {"delayed", MessageState::Delayed}, {"in flight", MessageState::InFlight}};

const char* nameOf(MessageState state)
{
    for (const Part& part : kParts)
        if (part.state == state) return part.name;
    return "moving to the dead-letter queue";
}

// What is listed stands still; the messages are read when they are asked for.
class QueueView : public BrowseView {
public:
    QueueView(std::shared_ptr<Queue> queue, std::vector<Listed> listed, Time at)
        : queue_(std::move(queue)),
          listed_(std::move(listed)),
          at_(at)
    {
    }

    std::uint64_t count() const override { return listed_.size(); }

    std::vector<BrowseRow> rows(std::uint64_t index, std::size_t most, ByteCount mostData) const override
    {
        std::vector<BrowseRow> rows;
        if (index >= listed_.size()) return rows;
        std::vector<MessageNumber> wanted;
        for (const Listed& one :
             std::span(listed_).subspan(index, std::min<std::uint64_t>(most, listed_.size() - index)))
            wanted.push_back(one.number);
        const Peeked peeked = queue_->peek(wanted, at_);
        std::size_t next = 0;
        for (const MessageNumber number : wanted) {
            const bool there = next < peeked.messages.size() && peeked.messages[next].handle.number == number;
            if (there)
                rows.push_back(rowOf(peeked.messages[next], peeked.states[next], mostData));
            else
                rows.push_back({.position = number, .gone = true});
            next += there;
        }
        return rows;
    }

    std::uint64_t indexAt(Time t) const override
    {
        return static_cast<std::uint64_t>(std::ranges::lower_bound(listed_, t, {}, &Listed::entered) - listed_.begin());
    }

    Result<BrowseContent> content(std::uint64_t index, ByteCount most) const override
    {
        std::vector<BrowseRow> found = rows(index, 1, most);
        if (found.empty() || found.front().gone)
            return Problem{ProblemCode::NotFound, "the message has been deleted", ""};
        BrowseContent content;
        content.cut = found.front().data.size() < found.front().size;
        content.stored = found.front().data;
        content.plain = std::move(found.front().data);
        return content;
    }

private:
    BrowseRow rowOf(const ReceivedMessage& message, const Peeked::State& state, ByteCount mostData) const
    {
        BrowseRow row{.time = state.entered,
                      .part = nameOf(state.state),
                      .sequence = messageIdText(message.id),
                      .position = message.handle.number,
                      .key = std::string(message.groupId),
                      .size = message.body.size(),
                      .data = std::string(message.body.substr(0, mostData.value()))};
        if (state.state == MessageState::InFlight || state.state == MessageState::Delayed)
            row.attributes.emplace_back("InvisibleUntil", isoTime(state.until));
        const std::string extra = receivedExtra(message, queue_->fifo());
        for (const auto& [name, value] : decodeAttributes(extra))
            if (name != "MessageId") row.attributes.emplace_back(name, value);
        return row;
    }

    const std::shared_ptr<Queue> queue_;
    const std::vector<Listed> listed_; // in the order of their coming
    const Time at_;
};

} // namespace

std::vector<BrowsePart> QueueBrowser::parts() const
{
    std::vector<BrowsePart> parts;
    const QueueCounts counts = queue_->countsAsSeen();
    const std::size_t sizes[] = {counts.visible, counts.delayed, counts.notVisible};
    for (std::size_t i = 0; i < std::size(kParts); ++i)
        parts.push_back({.name = kParts[i].name, .records = sizes[i]});
    return parts;
}

std::shared_ptr<const BrowseView> QueueBrowser::view(const std::string& part, Time now) const
{
    std::optional<MessageState> state;
    for (const Part& known : kParts)
        if (part == known.name) state = known.state;
    return std::make_shared<QueueView>(queue_, queue_->list(state, now), now);
}

Result<BrowseSent> QueueBrowser::send(const BrowseSend& wanted, Time now)
{
    AttributeList attributes;
    for (const auto& [name, value] : wanted.attributes)
        attributes.emplace_back(name, value);
    const std::string extra = encodeAttributes(attributes);
    const auto problemOf = [](const Refusal& refusal) {
        const bool throttled = refusal.code == RefusalCode::RequestThrottled;
        return Problem{throttled ? ProblemCode::LimitExceeded : ProblemCode::InvalidInput,
                       std::string(name(refusal.code)) + ": " + refusal.message, ""};
    };
    return gate_->act([&]() -> Result<BrowseSent> {
        RecordMessage message;
        if (const auto refusal = readMessage({wanted.key, wanted.data, extra, now, 0}, message)) {
            metrics_->recordRejected();
            return problemOf(*refusal);
        }
        const auto answers = queue_->send(std::span(&message.message, 1), now);
        metrics_->record(std::span(&message.message, 1), answers);
        if (answers && answers->front()) return BrowseSent{"visible", messageIdText((*answers->front()).id)};
        const Refusal& refusal = answers ? answers->front().refusal() : answers.refusal();
        if (refusal.code != RefusalCode::RequestThrottled) metrics_->recordRejected();
        return problemOf(refusal);
    });
}

Result<LoadExplanation> QueueBrowser::explainLoad(const std::string& part, Time from, Time to) const
{
    const auto whole = view(part, to);
    TopKeys keys(256);
    LoadExplanation explanation;
    std::uint64_t bytes = 0;
    const std::uint64_t end = whole->indexAt(to);
    for (std::uint64_t index = whole->indexAt(from); index < end; index += kMessagesARead)
        for (const BrowseRow& row : whole->rows(index, std::min<std::uint64_t>(kMessagesARead, end - index), {})) {
            if (row.gone) continue;
            keys.add(row.key);
            bytes += row.size;
            ++explanation.records;
        }
    const double span = std::max(1.0, inSeconds(to - from));
    explanation.recordsPerSecond = static_cast<double>(explanation.records) / span;
    explanation.bytesPerSecond = static_cast<double>(bytes) / span;
    for (const TopKeys::Entry& entry : keys.top(kKeysTold)) {
        const auto all = static_cast<double>(explanation.records);
        explanation.keys.push_back({.key = entry.key,
                                    .share = static_cast<double>(entry.weight) / all,
                                    .shareAtLeast = static_cast<double>(entry.weight - entry.error) / all,
                                    .recordsPerSecond = static_cast<double>(entry.weight) / span});
    }
    if (queue_->fifo() && !explanation.keys.empty() && explanation.keys.front().share > 0.5)
        explanation.advice.push_back("The message group " + explanation.keys.front().key +
                                     " holds most of the messages, and a group is worked on by one consumer at a "
                                     "time: use a finer message group.");
    return explanation;
}

} // namespace streamwright::sqs
