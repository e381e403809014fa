// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/api/encryption.h"

namespace streamwright::firehose {

namespace {

constexpr std::size_t kMostChanges = 25; // starts and stops of a stream
constexpr Duration kChangesIn = std::chrono::hours(24);
constexpr const char* kOwnKey = "CUSTOMER_MANAGED_CMK";

} // namespace

Result<Encryption> encryptionOf(const api::Value* configuration)
{
    Encryption encryption{true, "AWS_OWNED_CMK", {}, {}};
    if (!configuration) return encryption;
    encryption.keyType = configuration->string("KeyType");
    encryption.keyArn = configuration->string("KeyARN");
    const bool own = encryption.keyType == kOwnKey;
    if (own && encryption.keyArn.empty())
        return Problem{ProblemCode::InvalidInput, "KeyARN must be specified when KeyType is CUSTOMER_MANAGED_CMK.", ""};
    if (!own && !encryption.keyArn.empty())
        return Problem{ProblemCode::InvalidInput, "KeyARN must not be specified when KeyType is AWS_OWNED_CMK.", ""};
    return encryption;
}

std::optional<api::ApiError> switchEncryption(api::Call& call, DeliveryStreamResource& stream, Encryption to)
{
    if (!stream.direct())
        return invalidArgument("This operation is not permitted on KinesisStreamAsSource delivery stream type.");
    bool counted = true;
    stream.change([&](DeliveryFacts& facts) {
        auto changes = facts.encryption.changes;
        std::erase_if(changes, [&](Time t) { return t + kChangesIn <= call.now(); });
        counted = changes.size() < kMostChanges;
        if (!counted) return false;
        changes.push_back(call.now());
        facts.encryption = std::move(to);
        facts.encryption.changes = std::move(changes);
        return true;
    });
    if (counted) return std::nullopt;
    return api::ApiError{"LimitExceededException",
                         "StartDeliveryStreamEncryption and StopDeliveryStreamEncryption can be called 25 times in 24 "
                         "hours for a delivery stream."};
}

} // namespace streamwright::firehose
