// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/batch.h"

#include <algorithm>

#include "core/api/failed_entries.h"
#include "plugins/sqs/api/errors.h"

namespace streamwright::sqs {

namespace {

constexpr std::size_t kIdCharacters = 80;

bool isEntryId(std::string_view id)
{
    return !id.empty() && id.size() <= kIdCharacters && std::ranges::all_of(id, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    });
}

const std::string& codeOf(const api::ApiError& error) { return error.queryCode.empty() ? error.code : error.queryCode; }

} // namespace

std::optional<api::ApiError> checkEntries(std::span<const api::Value> entries, std::string_view entryName)
{
    if (entries.empty())
        return prefixedError("EmptyBatchRequest",
                             "There should be at least one " + std::string(entryName) + " in the request.");
    if (entries.size() > kBatchEntries)
        return prefixedError("TooManyEntriesInBatchRequest",
                             "Maximum number of entries per request are 10. You have sent " +
                                 std::to_string(entries.size()) + ".");
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const std::string_view id = entries[i].string("Id");
        if (!isEntryId(id))
            return prefixedError("InvalidBatchEntryId", "A batch entry id can only contain alphanumeric characters, "
                                                        "hyphens and underscores. It can be at most 80 letters long.");
        for (std::size_t before = 0; before < i; ++before)
            if (entries[before].string("Id") == id)
                return prefixedError("BatchEntryIdsNotDistinct", "Id " + std::string(id) + " repeated.");
    }
    return std::nullopt;
}

void BatchAnswer::write(api::Call& call, api::Writer& out, const std::function<void(std::size_t entry)>& details) const
{
    const auto list = [&](const char* name, bool failures, const auto& writeEntry) {
        bool begun = false;
        for (std::size_t i = 0; i < entries_.size(); ++i) {
            if (failed(i) != failures) continue;
            if (!std::exchange(begun, true)) {
                out.key(name);
                out.beginList();
            }
            out.beginMap();
            out.member("Id", entries_[i].string("Id"));
            writeEntry(i);
            out.endMap();
        }
        if (begun) out.endList();
    };
    api::FailedEntries errors;
    out.beginMap();
    list("Successful", false, details);
    list("Failed", true, [&](std::size_t i) {
        const api::ApiError& error = *errors_[i];
        errors.add(codeOf(error));
        out.member("SenderFault", error.status < 500);
        out.member("Code", codeOf(error));
        out.member("Message", error.message);
    });
    out.endMap();
    if (errors.count() > 0) call.notes(errors.reason(entries_.size()));
}

} // namespace streamwright::sqs
