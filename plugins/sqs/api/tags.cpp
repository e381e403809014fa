// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/api/tags.h"

#include "plugins/sqs/api/errors.h"
#include "plugins/sqs/limits.h"

namespace streamwright::sqs {

std::optional<api::ApiError> checkTags(const api::Value& tags)
{
    if (tags.members().size() > kTags) return invalidValue("Too many tags: a queue can have 50.");
    for (const auto& [key, value] : tags.members()) {
        if (key.empty() || key.size() > kTagKeyCharacters)
            return invalidValue("Tag keys must be between 1 and 128 characters in length.");
        if (value.string().size() > kTagValueCharacters)
            return invalidValue("Tag values must be between 0 and 256 characters in length.");
        if (key.starts_with("aws:")) return invalidValue("Tag keys that start with 'aws:' are reserved for AWS use.");
    }
    return std::nullopt;
}

} // namespace streamwright::sqs
