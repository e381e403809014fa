// SPDX-License-Identifier: GPL-3.0-or-later
// DelimitedReader: CSV and TSV with a header row, quoted as RFC 4180 says (also line breaks in quotes; LF or CR LF). A
// row becomes a JSON object with the columns in header order. A field without quotes that is a plain decimal number (no
// exponent, no leading zeros, at most 15 digits) stays as it is written, a JSON number; every other field is a string.
//   A row with another number of fields than the header is passed over.
//   A row with broken quotes is passed over to the end of its first line only, so that a stray quote swallows nothing.
// One owner, one thread.
#pragma once

#include <string>
#include <vector>

#include "plugins/producers/files/record_reader.h"

namespace streamwright::producers {

class DelimitedReader : public RecordReader {
public:
    DelimitedReader(const ReaderInput& input, char separator) : input_(input), separator_(separator) { }
    Status next() override;

private:
    enum class Row { Whole, BrokenQuotes, UnclosedQuote, TooLong, End, Failed };
    struct Field {
        std::size_t begin = 0, end = 0;
        bool quoted = false;
        bool doubled = false; // holds "" for a quote
    };

    Row scan();
    bool scanFields(std::string_view text, bool atEnd, Row& result);
    void endField(std::string_view text, std::size_t end);
    bool isBlank() const;
    void passFirstLine();
    void dropRow(std::size_t bytes);
    std::string_view unquoted(std::string_view text, const Field& field);
    Status takeHeader();
    void writeObject();

    const ReaderInput input_;
    const char separator_;
    std::vector<std::string> names_; // "name":, escaped
    bool hasHeader_ = false;
    bool over_ = false;
    std::uint64_t lineNow_ = 1;
    std::string object_;
    std::string scratch_;

    // The row being scanned, at the begin of the window.
    enum class Where { FieldStart, Plain, Quoted, AfterQuote };
    Where where_ = Where::FieldStart;
    std::size_t at_ = 0;
    Field field_;
    std::vector<Field> fields_; // no more than the header has, and one
    std::size_t count_ = 0;
};

} // namespace streamwright::producers
