// SPDX-License-Identifier: GPL-3.0-or-later
// JsonArrayReader: the elements of one JSON array, each given without line breaks and spaces between its tokens, read
// element by element. After a broken element it goes on where brackets and strings say the element ends; a string that
// is not closed ends with its line. One owner, one thread.
#pragma once

#include <string>

#include "plugins/producers/files/record_reader.h"

namespace streamwright::producers {

class JsonArrayReader : public RecordReader {
public:
    explicit JsonArrayReader(const ReaderInput& input) : input_(input) { }
    Status next() override;

private:
    enum class Stage { BeforeArray, First, AfterComma, AfterElement, Over };
    enum class Extent { Whole, TooLong, Unclosed };

    char skipSpace();
    Status startArray();
    Status endArray();
    Status element();
    Extent measure();
    bool step(char c);
    void closeBracket(char c);

    const ReaderInput input_;
    Stage stage_ = Stage::BeforeArray;
    std::uint64_t lineNow_ = 1;
    std::string compact_;

    // The element being measured.
    std::size_t size_ = 0;
    std::string open_; // its open brackets
    bool inString_ = false;
    bool escaped_ = false;
    bool closed_ = false;
};

} // namespace streamwright::producers
