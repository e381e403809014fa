// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/error_line.h"

namespace streamwright::firehose {

std::string base64(std::string_view bytes)
{
    static constexpr char kLetters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::string_view group = bytes.substr(i, 3);
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 3; ++k)
            bits = bits << 8 | (k < group.size() ? static_cast<unsigned char>(group[k]) : 0u);
        for (std::size_t k = 0; k < 4; ++k)
            out.push_back(k <= group.size() ? kLetters[bits >> (18 - 6 * k) & 63] : '=');
    }
    return out;
}

std::string errorLine(const RecordFailure& failure, std::string_view data, Time arrived, Time failed)
{
    Json line = Json::object();
    line["attemptsMade"] = failure.attempts;
    line["arrivalTimestamp"] = epochMilliseconds(arrived);
    line["errorCode"] = failure.code;
    line["errorMessage"] = failure.message;
    line["attemptEndingTimestamp"] = epochMilliseconds(failed);
    line["rawData"] = base64(data);
    return line.dump() + '\n';
}

} // namespace streamwright::firehose
