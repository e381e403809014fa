// SPDX-License-Identifier: GPL-3.0-or-later
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "app/cli/designer.h"
#include "app/cli/problem_output.h"
#include "app/cli/verbs.h"
#include "core/base/duration_text.h"

namespace streamwright::cli {

namespace {

constexpr int kLargestSide = 16384;

struct Settings {
    std::string file, out;
    std::string size = "1280x800";
    std::string theme = "light";
    std::string after;
};

// "1280x800"
std::optional<std::pair<int, int>> parseSize(const std::string& text)
{
    int width = 0, height = 0;
    const char* end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, width);
    if (first.ec != std::errc() || first.ptr == end || *first.ptr != 'x') return {};
    const auto second = std::from_chars(first.ptr + 1, end, height);
    if (second.ec != std::errc() || second.ptr != end) return {};
    if (width < 16 || height < 16 || width > kLargestSide || height > kLargestSide) return {};
    return {{width, height}};
}

int render(const Settings& settings)
{
    const auto size = parseSize(settings.size);
    if (!size) {
        printProblem({ProblemCode::InvalidInput,
                      "not a size: \"" + settings.size + "\"; write WIDTHxHEIGHT in pixels, 16 to 16384 each",
                      "--size"});
        return kBadInput;
    }
    const std::string ending = std::filesystem::path(settings.out).extension().string();
    if (ending != ".png" && ending != ".svg") {
        printProblem({ProblemCode::InvalidInput, "a picture's name must end in .png or .svg", settings.out});
        return kBadInput;
    }
    std::vector<std::string> arguments{
        "--render",    settings.file, settings.out, std::to_string(size->first), std::to_string(size->second),
        settings.theme};
    if (!settings.after.empty()) {
        const auto after = parseDuration(settings.after);
        if (!after) {
            printProblem({after.problem().code, after.problem().message, "--after"});
            return kBadInput;
        }
        arguments.push_back(std::to_string(after->count()));
    }
    setenv("QT_QPA_PLATFORM", "offscreen", 1);
    return becomeDesigner(arguments);
}

} // namespace

Action addRender(CLI::App& app, const Registry&, CLI::App*& command)
{
    auto settings = std::make_shared<Settings>();
    command = app.add_subcommand("render", "Draws a pipeline as a picture; needs no display.");
    command->add_option("FILE", settings->file, "The pipeline file")->required();
    command->add_option("-o,--out", settings->out, "The picture: a name that ends in .png or .svg")->required();
    command->add_option("--size", settings->size, "Width and height in pixels")->capture_default_str();
    command->add_option("--theme", settings->theme, "light or dark")
        ->check(CLI::IsMember({"light", "dark"}))
        ->capture_default_str();
    command
        ->add_option("--after", settings->after,
                     "Runs for so long first (90s, 15m) and draws the live state with a dashboard")
        ->check(notEmpty());
    return [settings] { return render(*settings); };
}

} // namespace streamwright::cli
