// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>

#include "app/cli/designer.h"
#include "app/cli/verbs.h"

namespace {

using namespace streamwright;

int runCommandLine(int argc, char** argv)
{
    Registry registry;
    registerBuiltins(registry);

    CLI::App app("Streamwright: design streaming pipelines, run them by the services' real rules, watch them live.",
                 "streamwright");
    app.set_version_flag("--version", "streamwright " STREAMWRIGHT_VERSION);
    app.require_subcommand(0, 1);
    std::string file;
    app.add_option("FILE", file, "Opens the designer, with that pipeline if one is named");
    app.footer("Exit codes: 0 ok, 1 an expectation failed, 2 bad input, 3 internal error.\n"
               "Without arguments: the designer. Try: streamwright run resources/pipelines/clickstream.json --for 30s");

    using AddVerb = cli::Action (*)(CLI::App&, const Registry&, CLI::App*&);
    static constexpr AddVerb kVerbs[] = {cli::addRun,   cli::addServe,  cli::addTest,  cli::addValidate,
                                         cli::addKinds, cli::addRender, cli::addSchema};
    std::vector<std::pair<CLI::App*, cli::Action>> commands;
    for (const auto add : kVerbs) {
        CLI::App* command = nullptr;
        cli::Action action = add(app, registry, command);
        commands.emplace_back(command, std::move(action));
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? cli::kOk : cli::kBadInput;
    }
    for (const auto& [command, action] : commands)
        if (command->parsed()) return action();
    return cli::openDesigner(file);
}

} // namespace

int main(int argc, char** argv)
{
    // A file opened later must not become standard output: the run's lines would go into it.
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor)
        if (::fcntl(descriptor, F_GETFD) < 0 && ::open("/dev/null", O_RDWR) < 0) return cli::kInternal;
    std::signal(SIGABRT, [](int) { std::_Exit(cli::kInternal); }); // a failed CHECK has said what and where
    std::signal(SIGXFSZ, SIG_IGN); // a file beyond the size limit is a failed write, told as such
    // Buffers of some megabytes come and go all the time: giving each back to the system costs a page fault a page.
    mallopt(M_MMAP_THRESHOLD, 128 << 20);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
    try {
        const int code = runCommandLine(argc, argv);
        if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
        std::fprintf(stderr, "standard output cannot be written: %s\n", std::strerror(errno));
        return cli::kBadInput;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "streamwright: internal error: %s\n", error.what());
        return cli::kInternal;
    }
}
