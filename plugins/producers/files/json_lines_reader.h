// SPDX-License-Identifier: GPL-3.0-or-later
// JsonLinesReader: one JSON value a line, given as it stands. Blank lines are passed over. One owner, one thread.
#pragma once

#include "plugins/producers/files/line_reader.h"
#include "plugins/producers/files/record_reader.h"

namespace streamwright::producers {

class JsonLinesReader : public RecordReader {
public:
    explicit JsonLinesReader(const ReaderInput& input) : input_(input), lines_(input.window, input.maximumSize) { }
    Status next() override;

private:
    const ReaderInput input_;
    LineReader lines_;
};

} // namespace streamwright::producers
