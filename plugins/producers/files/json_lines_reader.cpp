// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/files/json_lines_reader.h"

namespace streamwright::producers {

RecordReader::Status JsonLinesReader::next()
{
    while (true) {
        const LineReader::Status status = lines_.next();
        if (status == LineReader::Status::End) return Status::End;
        if (status == LineReader::Status::Failed) return Status::Failed;
        if (status == LineReader::Status::TooLong) return tooLong(lines_.number(), input_.maximumSize);
        std::string_view line = lines_.line();
        const auto begin = line.find_first_not_of(" \t\r");
        if (begin == line.npos) continue;
        line = line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
        if (const auto fault = input_.json.parse(line)) return malformed(lines_.number(), "not valid JSON: " + *fault);
        json_ = line;
        line_ = lines_.number();
        return Status::Record;
    }
}

} // namespace streamwright::producers
