// SPDX-License-Identifier: GPL-3.0-or-later
// AccessLogReader: web-server logs in the Combined Log Format (or the Common one). A line becomes a JSON object with
// the names that the Kinesis Agent gives (host, ident, authuser, datetime, request, response, bytes, referrer, agent)
// and the request's method and path; "-" becomes null, response and bytes are numbers, datetime is ISO 8601 with its
// zone. What stands behind the agent is kept as "rest". One owner, one thread.
#pragma once

#include <string>
#include <string_view>

#include "plugins/producers/files/line_reader.h"
#include "plugins/producers/files/record_reader.h"

namespace streamwright::producers {

class AccessLogReader : public RecordReader {
public:
    explicit AccessLogReader(const ReaderInput& input) : input_(input), lines_(input.window, input.maximumSize) { }
    Status next() override;

private:
    const ReaderInput input_;
    LineReader lines_;
    std::string object_;
};

bool looksLikeAccessLog(std::string_view line);

} // namespace streamwright::producers
