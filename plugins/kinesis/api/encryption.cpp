// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/kinesis/api/encryption.h"

#include "plugins/kinesis/api/stream_use.h"

namespace streamwright::kinesis {

namespace {

// Forgets what no record and no count of a day can ask for any more.
void forgetOld(std::vector<StreamFacts::Encryption>& changes, Time since)
{
    while (changes.size() > 1 && changes[1].from <= since)
        changes.erase(changes.begin());
}

} // namespace

api::Outcome changeEncryption(api::Call& call, const std::string& keyId)
{
    StreamUse use(call, StreamUse::Needs::Activity);
    if (!use) return use.error();
    if (call.input().string("EncryptionType") != "KMS")
        return invalidArgument("EncryptionType must be KMS.");
    const StreamStatus found = use->beginUpdate(call.now(), call.now() + kTransition);
    if (found != StreamStatus::Active) return streamNotActive(call, use.name(), found);
    const bool start = !keyId.empty();
    const Time now = call.now();
    const auto refused = use->change([&](StreamFacts& facts) -> std::optional<api::ApiError> {
        const auto today =
            std::count_if(facts.encryption.begin(), facts.encryption.end(), [&](const StreamFacts::Encryption& change) {
                return now - change.from < kDay && !change.keyId.empty() == start;
            });
        if (today >= kMostEncryptionChangesADay)
            return limitExceeded(std::string(start ? "StartStreamEncryption" : "StopStreamEncryption") +
                                 " works 25 times in 24 hours for one stream.");
        facts.encryption.push_back({now, keyId});
        forgetOld(facts.encryption, now - use.stream().settings().retention);
        return std::nullopt;
    });
    if (!refused) return api::Answered{};
    use->setStatus(StreamStatus::Active, now);
    return *refused;
}

} // namespace streamwright::kinesis
