// SPDX-License-Identifier: GPL-3.0-or-later
// Kills crash_writer at random points, again and again on the same directory, and looks for every acknowledged record.
// STREAMWRIGHT_CRASH_ROUNDS: how often (40), STREAMWRIGHT_CRASH_SEED: where chance begins (1).
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <sstream>

#include "core/base/random.h"
#include "core/log/log_store.h"
#include "tests/core/log/crash_data.h"
#include "tests/core/log/scratch_directory.h"

namespace streamwright {
namespace {

struct Acknowledged {
    std::uint64_t generation = 0, first = 0, next = 0, fact = 0;
};
using Acknowledgement = std::array<Acknowledged, kCrashLogs>;

std::uint64_t fromEnvironment(const char* name, std::uint64_t otherwise)
{
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// Lets crash_writer run until it has printed so many lines and then for `spin` turns more, and kills it. Returns all it
// has printed.
std::string runAndKill(const std::string& directory, std::uint64_t seed, std::uint64_t lines, std::uint64_t spin)
{
    int ends[2];
    CHECK(::pipe2(ends, O_CLOEXEC) == 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    std::string program = STREAMWRIGHT_CRASH_WRITER, path = directory, seedText = std::to_string(seed);
    char* arguments[] = {program.data(), path.data(), seedText.data(), nullptr};
    pid_t child = 0;
    EXPECT_EQ(::posix_spawn(&child, program.c_str(), &actions, nullptr, arguments, environ), 0) << program;
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    std::string printed;
    char buffer[4096];
    ssize_t n = 1;
    while (n > 0 && static_cast<std::uint64_t>(std::count(printed.begin(), printed.end(), '\n')) < lines) {
        n = ::read(ends[0], buffer, sizeof buffer);
        if (n > 0) printed.append(buffer, static_cast<std::size_t>(n));
    }
    for (std::uint64_t turn = 0; turn < spin; ++turn)
        asm volatile("");
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "crash_writer ended by itself";
    while ((n = ::read(ends[0], buffer, sizeof buffer)) > 0)
        printed.append(buffer, static_cast<std::size_t>(n));
    ::close(ends[0]);
    return printed;
}

void takeLastLine(const std::string& printed, Acknowledgement& acknowledged)
{
    std::istringstream lines(printed.substr(0, printed.rfind('\n') + 1));
    for (std::string line; std::getline(lines, line);) {
        std::istringstream numbers(line);
        for (Acknowledged& log : acknowledged) {
            numbers >> log.generation >> log.first >> log.next;
            log.fact = log.next;
        }
    }
}

// Everything acknowledged is there, and whatever else is there is right. Afterwards what was found counts as
// acknowledged.
void check(const std::string& directory, Acknowledgement& acknowledged)
{
    const auto store = std::move(LogStore::open(directory)).value();
    for (const Problem& finding : store->findings()) {
        EXPECT_NE(finding.message.find("torn"), std::string::npos) << finding.text();
    }
    const std::uint64_t generation = std::stoull(store->get("generation").value_or("0"));
    for (int i = 0; i < kCrashLogs; ++i) {
        Acknowledged& expected = acknowledged[i];
        const auto log = std::move(store->log(crashLogName(i))).value();
        const std::uint64_t fact = std::stoull(store->get(crashFact(i)).value_or("0"));
        // Removal is durable at once, the next generation's number with the commit after it.
        const bool removed = i == kReusedLog && log->next() == 0;
        const bool sameGeneration = i != kReusedLog || generation == expected.generation;
        if (i == kReusedLog) {
            ASSERT_GE(generation, expected.generation);
        }
        if (sameGeneration && !removed) {
            ASSERT_GE(log->next(), expected.next);
            ASSERT_GE(log->first(), expected.first);
            ASSERT_GE(fact, expected.fact);
        }
        if (!removed) {
            ASSERT_LE(fact, log->next()) << "a fact about records that are not there";
        }
        std::uint64_t sequence = log->first();
        while (sequence < log->next()) {
            const LogRead read = log->read(sequence, 500, ByteCount::mib(4));
            ASSERT_FALSE(read.records.empty());
            for (const Record& record : read.records) {
                ASSERT_EQ(record.sequence, sequence);
                ASSERT_EQ(record.data, crashData(i, i == kReusedLog ? generation : 0, sequence));
                ++sequence;
            }
        }
        expected = {generation, log->first(), log->next(), removed ? 0 : fact};
    }
}

TEST(Crash, NothingAcknowledgedIsLostWhereverTheProcessIsKilled)
{
    const ScratchDirectory scratch;
    const std::uint64_t rounds = fromEnvironment("STREAMWRIGHT_CRASH_ROUNDS", 40);
    Random random(fromEnvironment("STREAMWRIGHT_CRASH_SEED", 1), "crash");
    Acknowledgement acknowledged{};
    for (std::uint64_t round = 0; round < rounds; ++round) {
        const std::string printed =
            runAndKill(scratch.path(), random.next(), random.below(12), random.below(3'000'000));
        takeLastLine(printed, acknowledged);
        check(scratch.path(), acknowledged);
        if (::testing::Test::HasFatalFailure() || ::testing::Test::HasNonfatalFailure()) FAIL() << "in round " << round;
    }
    std::uint64_t records = 0;
    for (const Acknowledged& log : acknowledged)
        records += log.next;
    EXPECT_GT(records, rounds); // it did work
}

} // namespace
} // namespace streamwright
