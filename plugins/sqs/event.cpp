// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/event.h"

#include <cstring>

#include "core/base/check.h"

namespace streamwright::sqs {

namespace {

constexpr std::uint8_t kFifo = 1;
constexpr std::uint8_t kDelayed = 2;
constexpr std::uint8_t kForeign = 4; // has sent, source and foreignId
constexpr std::uint8_t kReceivedBefore = 8;

class Writer {
public:
    explicit Writer(EventKind kind) { put(kind); }

    template <typename T>
    void put(T value)
    {
        static_assert(std::is_trivially_copyable_v<T>);
        out_.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    void put(Time t) { put(t.time_since_epoch().count()); }
    void putText(std::string_view text)
    {
        CHECK(text.size() <= UINT16_MAX);
        put(static_cast<std::uint16_t>(text.size()));
        out_.append(text);
    }
    void putRest(std::string_view text) { out_.append(text); }
    std::string take() { return std::move(out_); }

private:
    std::string out_;
};

// Reads the fields in order; once bytes are missing, ok() stays false and everything read is empty.
class Reader {
public:
    explicit Reader(std::string_view bytes) : rest_(bytes) { }

    template <typename T>
    void get(T& value)
    {
        if (!(ok_ = ok_ && rest_.size() >= sizeof value)) return;
        std::memcpy(&value, rest_.data(), sizeof value);
        rest_.remove_prefix(sizeof value);
    }
    void get(Time& t)
    {
        Duration::rep count = 0;
        get(count);
        t = Time(Duration(count));
    }
    void getText(std::string_view& text)
    {
        std::uint16_t size = 0;
        get(size);
        if (!(ok_ = ok_ && rest_.size() >= size)) return;
        text = rest_.substr(0, size);
        rest_.remove_prefix(size);
    }
    std::string_view takeRest() { return std::exchange(rest_, {}); }
    bool atEnd() const { return rest_.empty(); }
    bool ok() const { return ok_; }

private:
    std::string_view rest_;
    bool ok_ = true;
};

void putState(Writer& to, const Message& state)
{
    to.put(state.number);
    to.put(state.order);
    to.put(state.entered);
    to.put(state.until);
    to.put(state.firstReceived);
    to.put(state.lastReceived);
    to.put(state.receives);
    to.put(state.state);
}

void getState(Reader& from, Message& state)
{
    from.get(state.number);
    from.get(state.order);
    from.get(state.entered);
    from.get(state.until);
    from.get(state.firstReceived);
    from.get(state.lastReceived);
    from.get(state.receives);
    from.get(state.state);
}

} // namespace

std::string encode(const StoredEvent& event)
{
    Writer to(event.kind);
    const bool delayed = event.until != Time{};
    const bool foreign = event.foreignId != 0 || event.kind != EventKind::Sent;
    const bool before = event.state.receivesBefore > 0;
    to.put(static_cast<std::uint8_t>((event.fifo ? kFifo : 0) | (delayed ? kDelayed : 0) | (foreign ? kForeign : 0) |
                                     (before ? kReceivedBefore : 0)));
    if (delayed) to.put(event.until);
    if (foreign) {
        to.put(event.foreignId);
        to.put(event.sent);
        to.putText(event.source);
    }
    if (before) to.put(event.state.receivesBefore);
    if (event.kind == EventKind::Kept) putState(to, event.state);
    to.putText(event.deduplicationId);
    to.putRest(event.attributes);
    return to.take();
}

std::string encode(EventKind kind, const std::vector<MessageVisibility>& messages)
{
    Writer to(kind);
    for (const MessageVisibility& message : messages) {
        to.put(message.number);
        to.put(message.until);
    }
    return to.take();
}

std::string encode(EventKind kind, const std::vector<MessageNumber>& numbers)
{
    Writer to(kind);
    for (const MessageNumber number : numbers)
        to.put(number);
    return to.take();
}

std::string encode(EventKind kind, Duration duration)
{
    Writer to(kind);
    to.put(duration.count());
    return to.take();
}

std::string encode(const DeduplicationEvent& event)
{
    Writer to(EventKind::DeduplicationKept);
    to.put(event.number);
    to.put(event.first);
    to.putRest(event.key);
    return to.take();
}

std::optional<EventKind> eventKind(const Record& record)
{
    const std::string_view bytes = record.extra.empty() ? record.data : record.extra;
    if (bytes.empty()) return std::nullopt;
    const auto kind = static_cast<EventKind>(bytes[0]);
    if (kind < EventKind::Sent || kind > EventKind::DeduplicationKept) return std::nullopt;
    return kind;
}

std::optional<StoredEvent> decodeStored(const Record& record)
{
    StoredEvent event;
    Reader from(record.extra);
    std::uint8_t flags = 0;
    from.get(event.kind);
    from.get(flags);
    event.fifo = flags & kFifo;
    event.sent = record.time;
    if (flags & kDelayed) from.get(event.until);
    if (flags & kForeign) {
        from.get(event.foreignId);
        from.get(event.sent);
        from.getText(event.source);
    }
    if (flags & kReceivedBefore) from.get(event.state.receivesBefore);
    if (event.kind == EventKind::Kept) getState(from, event.state);
    from.getText(event.deduplicationId);
    event.attributes = from.takeRest();
    if (!from.ok() || event.state.state > MessageState::InFlight) return std::nullopt;
    return event;
}

std::optional<std::vector<MessageVisibility>> decodeVisibilities(const Record& record)
{
    Reader from(record.data.substr(1));
    std::vector<MessageVisibility> messages;
    while (!from.atEnd() && from.ok()) {
        from.get(messages.emplace_back().number);
        from.get(messages.back().until);
    }
    if (!from.ok()) return std::nullopt;
    return messages;
}

std::optional<std::vector<MessageNumber>> decodeNumbers(const Record& record)
{
    Reader from(record.data.substr(1));
    std::vector<MessageNumber> numbers;
    while (!from.atEnd() && from.ok())
        from.get(numbers.emplace_back());
    if (!from.ok()) return std::nullopt;
    return numbers;
}

std::optional<Duration> decodeDuration(const Record& record)
{
    Reader from(record.data.substr(1));
    Duration::rep count = 0;
    from.get(count);
    if (!from.ok()) return std::nullopt;
    return Duration(count);
}

std::optional<DeduplicationEvent> decodeDeduplication(const Record& record)
{
    Reader from(record.data.substr(1));
    DeduplicationEvent event;
    from.get(event.number);
    from.get(event.first);
    event.key = from.takeRest();
    if (!from.ok()) return std::nullopt;
    return event;
}

} // namespace streamwright::sqs
