// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/sqs/send_metrics.h"

namespace streamwright::sqs {

void SendMetrics::record(std::span<const NewMessage> call, const Answer<std::vector<Answer<Sent>>>& answers)
{
    if (!answers) {
        if (answers.refusal().code == RefusalCode::RequestThrottled) throttled_.record(1);
        return;
    }
    std::uint64_t taken = 0, duplicates = 0;
    bool throttled = false;
    for (std::size_t i = 0; i < call.size(); ++i) {
        const Answer<Sent>& answer = (*answers)[i];
        if (!answer) {
            throttled |= answer.refusal().code == RefusalCode::RequestThrottled;
        } else if (answer->duplicate) {
            ++duplicates;
        } else {
            ++taken;
            size_.record(static_cast<double>(sizeOf(call[i]).value()));
        }
    }
    if (throttled) throttled_.record(1);
    if (taken > 0) sent_.record(static_cast<double>(taken));
    if (duplicates > 0) deduplicated_.record(static_cast<double>(duplicates));
}

} // namespace streamwright::sqs
