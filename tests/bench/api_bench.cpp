// SPDX-License-Identifier: GPL-3.0-or-later
// api_bench: what one thread takes to read and check the body of a PutRecords request, beside simdjson's own parse of the
// same bytes, and to write the answer of a GetRecords, beside copying its payload.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <simdjson.h>
#include <string>

#include "core/api/decode.h"
#include "core/api/encode.h"
#include "core/base/base64.h"

namespace streamwright::kinesis {
std::string_view shapesText();
}

namespace {

using namespace streamwright;
using namespace streamwright::api;

// The best of many rounds: other programs only add time.
double secondsOf(auto&& body)
{
    double best = 1e9;
    for (int round = 0; round < 30; ++round) {
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < 50; ++i)
            body();
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / 50);
    }
    return best;
}

std::string putRecordsBody(std::size_t records, std::size_t bytes)
{
    std::string body = R"({"StreamName":"clicks","Records":[)";
    for (std::size_t i = 0; i < records; ++i) {
        body += i == 0 ? R"({"Data":")" : R"(,{"Data":")";
        appendBase64(body, std::string(bytes, static_cast<char>('a' + i % 26)));
        body += R"(","PartitionKey":"user-)" + std::to_string(100'000 + i) + R"("})";
    }
    return body + "]}";
}

void benchPutRecords(const Shape& shape, std::size_t records, std::size_t bytes)
{
    const std::string body = putRecordsBody(records, bytes);
    std::string work;
    work.reserve(body.size() + simdjson::SIMDJSON_PADDING);
    simdjson::dom::parser parser;
    const double copy = secondsOf([&] { work = body; });
    const double limit = secondsOf([&] {
                             work = body;
                             if (parser.parse(work.data(), work.size(), false).error()) std::abort();
                         }) -
                         copy;
    const double ours = secondsOf([&] {
                            work = body;
                            Document document;
                            if (!decodeJson(work, document) || validate(document, shape, Wire::Json)) std::abort();
                        }) -
                        copy;
    std::printf("PutRecords %4zu x %5zu bytes  %8.1f us  %6.0f ns a record  %6.0f MB/s   simdjson alone %8.1f us   "
                "ratio %.2f\n",
                records, bytes, ours * 1e6, ours * 1e9 / static_cast<double>(records),
                static_cast<double>(body.size()) / ours / 1e6, limit * 1e6, ours / limit);
}

void benchGetRecords(std::size_t records, std::size_t bytes, const char* name,
                     std::unique_ptr<Writer> (*make)(std::string&))
{
    const std::string data(bytes, 'x');
    std::string out;
    const double copy = secondsOf([&] {
        out.clear();
        for (std::size_t i = 0; i < records; ++i)
            out += data;
    });
    const double ours = secondsOf([&] {
        out.clear();
        const std::unique_ptr<Writer> writer = make(out);
        writer->beginMap();
        writer->key("Records");
        writer->beginList();
        for (std::size_t i = 0; i < records; ++i) {
            writer->beginMap();
            writer->member("SequenceNumber", "49646437577108476416916876405825929425585429676275269634");
            writer->member("ApproximateArrivalTimestamp",
                           Time(std::chrono::seconds(1'700'000'000) + milliseconds(123)));
            writer->key("Data");
            writer->blob(data);
            writer->member("PartitionKey", "user-100000");
            writer->endMap();
        }
        writer->endList();
        writer->member("MillisBehindLatest", 0);
        writer->endMap();
    });
    const double payload = static_cast<double>(records * bytes);
    std::printf(
        "GetRecords %4zu x %5zu bytes  %8.1f us  %s  %6.0f MB/s of payload   copying alone %.0f MB/s   ratio %.2f\n",
        records, bytes, ours * 1e6, name, payload / ours / 1e6, payload / copy / 1e6, ours / copy);
}

} // namespace

int main()
{
    const ShapeTable shapes(streamwright::kinesis::shapesText());
    const Shape& input = *shapes.find("PutRecords")->input;
    for (const std::size_t bytes : {100u, 1024u}) {
        benchPutRecords(input, 100, bytes);
        benchPutRecords(input, 500, bytes);
    }
    for (const std::size_t bytes : {100u, 1024u}) {
        benchGetRecords(1000, bytes, "JSON", jsonWriter);
        benchGetRecords(1000, bytes, "CBOR", cborWriter);
    }
    return 0;
}
