// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer target: any bytes as a file of any format. The first byte chooses the format and the size of the pieces it
// is read in. Whatever the bytes are, the feed must come to its end, every record must be well-formed JSON, and pieces
// of another size must give the same records.
#include <cstdint>
#include <string>

#include "core/base/check.h"
#include "plugins/producers/files/record_feed.h"

using namespace streamwright;
using namespace streamwright::producers;

namespace {

constexpr const char* kFormats[] = {"Auto", "JsonLines", "JsonArray", "CSV", "TSV", "AccessLog"};
constexpr std::size_t kMaximumSize = 300;

// Everything the feed gives, as one text.
std::string readAll(const FeedOptions& options, const std::string& bytes, std::size_t piece)
{
    auto feed = RecordFeed::open(options, bytesOf(bytes, piece));
    if (!feed) return feed.problem().text();
    std::string all;
    JsonText json;
    for (std::size_t records = 0;; ++records) {
        CHECK(records <= 2 * bytes.size() + 2);
        const RecordFeed::Status status = (*feed)->next();
        if (status == RecordFeed::Status::End) return all;
        if (status == RecordFeed::Status::Malformed) {
            all.append((*feed)->problem().text()).append("\n");
            continue;
        }
        CHECK(status == RecordFeed::Status::Record);
        const FeedRecord& record = (*feed)->record();
        std::string padded(record.json);
        padded.resize(padded.size() + TextWindow::kPadding);
        CHECK(!json.parse(std::string_view(padded).substr(0, record.json.size())));
        CHECK(record.json.find('\n') == std::string_view::npos);
        all.append(record.json).append("\n");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) return 0;
    const std::uint8_t choice = data[0];
    const std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    FeedOptions options{"fuzz", kFormats[choice % std::size(kFormats)], {}, {}, kMaximumSize};
    if (choice & 0x40) options.keyField = "a";
    if (choice & 0x80) options.timeField = "t";
    CHECK(readAll(options, bytes, 1 + choice % 13) == readAll(options, bytes, 65'536));
    return 0;
}
