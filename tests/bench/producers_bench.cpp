// SPDX-License-Identifier: GPL-3.0-or-later
// producers_bench: how fast records are generated and files are read, on one core. Each figure stands beside the rate
// at which this machine copies as many bytes (memcpy from one large buffer to another, in the same run).
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "plugins/producers/files/record_feed.h"
#include "plugins/producers/record_generator.h"
#include "plugins/producers/workload.h"

namespace {

using namespace streamwright;
using namespace streamwright::producers;

constexpr int kRounds = 5;
constexpr std::size_t kBatch = 500;
constexpr std::size_t kRecords = 400'000;
constexpr Time kStart = Time(seconds(1'700'000'000));

template <typename Body>
double bestSecondsOf(Body&& body)
{
    double best = 1e9;
    for (int round = 0; round < kRounds; ++round) {
        const auto begin = std::chrono::steady_clock::now();
        body();
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    return best;
}

double copyBytesPerSecond()
{
    const std::vector<char> from(64 << 20, 'x');
    std::vector<char> to(from.size());
    const double best = bestSecondsOf([&] { std::memcpy(to.data(), from.data(), from.size()); });
    return static_cast<double>(from.size()) / best;
}

void line(const char* what, double seconds, std::size_t records, std::size_t bytes, double copyRate)
{
    const double rate = static_cast<double>(bytes) / seconds;
    std::printf("%-42s %8.1f ns %9.2f M/s %9.1f MB/s %6.1f %% of memcpy\n", what,
                seconds * 1e9 / static_cast<double>(records), static_cast<double>(records) / seconds / 1e6, rate / 1e6,
                100 * rate / copyRate);
}

void generate(const char* what, const Json& properties, double copyRate)
{
    auto generator = RecordGenerator::make(properties);
    if (!generator) {
        std::printf("%s: %s\n", what, generator.problem().text().c_str());
        return;
    }
    Random random(1);
    Workload workload(RateShape::read(properties), kStart);
    std::uint64_t number = 0, bytes = 0;
    const double best = bestSecondsOf([&] {
        bytes = 0;
        for (std::size_t made = 0; made < kRecords; made += kBatch) {
            BatchBuilder batch(kBatch);
            for (std::size_t i = 0; i < kBatch; ++i) {
                ++number;
                generator->add(batch, number, workload.timeOf(number), random);
            }
            bytes += batch.build()->payload().value();
        }
    });
    line(what, best, kRecords, bytes, copyRate);
}

void read(const char* what, const std::string& name, const std::string& bytes, const FeedOptions& options,
          double copyRate)
{
    std::size_t records = 0;
    const double best = bestSecondsOf([&] {
        FeedOptions named = options;
        named.path = name;
        auto feed = RecordFeed::open(named, bytesOf(bytes));
        records = 0;
        while (feed && (*feed)->next() == RecordFeed::Status::Record)
            ++records;
    });
    line(what, best, std::max<std::size_t>(records, 1), bytes.size(), copyRate);
}

std::string repeated(const std::string& text, std::size_t times)
{
    std::string all;
    for (std::size_t i = 0; i < times; ++i)
        all += text;
    return all;
}

} // namespace

int main()
{
    const double copyRate = copyBytesPerSecond();
    std::printf("memcpy here: %.1f GB/s\n", copyRate / 1e9);
    const Json uniform = {{"Distribution", "Uniform"}, {"Count", 10'000}};
    const Json zipf = {{"Distribution", "Zipf"}, {"Count", 10'000}, {"Skew", 1.0}};
    const Json click = {{"visitor", "{{key}}"},
                        {"time", "{{timestamp}}"},
                        {"url", "{{url}}"},
                        {"status", "{{category 200:95 500:5}}"},
                        {"ms", "{{exponential 120}}"}};
    const Json sine = {{"Type", "Sine"}, {"AmplitudeShare", 0.5}, {"PeriodSeconds", 86'400}};
    generate("100 bytes, uniform keys", {{"RecordsPerSecond", 60'000.0}, {"PartitionKeys", uniform}}, copyRate);
    generate("100 bytes, Zipf keys, sine", {{"RecordsPerSecond", 60'000.0}, {"Pattern", sine}, {"PartitionKeys", zipf}},
             copyRate);
    generate("10 kB, uniform keys",
             {{"RecordsPerSecond", 60'000.0}, {"RecordSizeBytes", 10'000}, {"PartitionKeys", uniform}}, copyRate);
    generate("click template, Zipf keys",
             {{"RecordsPerSecond", 60'000.0}, {"Template", click}, {"PartitionKeys", zipf}}, copyRate);

    const std::string flight =
        R"({"date":"2001/01/01 00:47","delay":66,"distance":1750,"origin":"DTW","destination":"LAS"})";
    const FeedOptions fields{"", "Auto", "origin", "date"};
    read("JSON Lines, checked", "x.jsonl", repeated(flight + "\n", 200'000), {}, copyRate);
    read("JSON Lines, key and time", "x.jsonl", repeated(flight + "\n", 200'000), fields, copyRate);
    read("JSON array, key and time", "x.json", "[" + repeated(flight + ",\n", 200'000) + "{}]", fields, copyRate);
    read("CSV", "x.csv",
         "date,delay,distance,origin,destination\n" + repeated("2001/01/01 00:47,66,1750,DTW,LAS\n", 200'000), {},
         copyRate);
    read("CSV, key and time", "x.csv",
         "date,delay,distance,origin,destination\n" + repeated("2001/01/01 00:47,66,1750,DTW,LAS\n", 200'000), fields,
         copyRate);
    const std::string request =
        "192.0.2.7 - - [10/Oct/2000:13:55:36 -0700] \"GET /a.gif HTTP/1.0\" 200 2326 \"-\" \"Mozilla/5.0 (X11)\"\n";
    read("access log", "x.log", repeated(request, 200'000), {}, copyRate);
    return 0;
}
