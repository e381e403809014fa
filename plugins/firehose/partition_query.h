// SPDX-License-Identifier: GPL-3.0-or-later
// PartitionQuery: the MetadataExtraction query of dynamic partitioning: a subset of jq 1.6 that names members of a JSON
// record, parsed once:   {customer: .customer.id, first: .items[0]["name"]} Everything else jq can do (pipes,
// functions, slices, alternatives) is refused with its place. PartitionQuery is a value; a PartitionExtractor (parser
// and buffers) belongs to one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/result.h"

namespace streamwright::firehose {

class PartitionQuery {
public:
    static Result<PartitionQuery> parse(std::string_view text);

    using Step = std::variant<std::string, std::int64_t>; // a member, or an index (negative: from the end)
    struct Key {
        std::string name;
        std::vector<Step> path;
    };
    const std::vector<Key>& keys() const { return keys_; }
    const Key* find(std::string_view name) const;

private:
    std::vector<Key> keys_;
};

class PartitionExtractor {
public:
    // wanted: names of keys of the query, all of them present there.
    PartitionExtractor(const PartitionQuery& query, const std::vector<std::string>& wanted);
    ~PartitionExtractor();

    // Writes the values of the wanted keys, in their order. A problem says why the record has no such values: it is not
    // one JSON document, or a value is missing, null, empty or no scalar.
    Result<void> extract(std::string_view record, std::vector<std::string>& values);

private:
    struct Parser;
    std::unique_ptr<Parser> parser_;
    std::vector<PartitionQuery::Key> wanted_;
};

} // namespace streamwright::firehose
