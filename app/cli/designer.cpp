// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/designer.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "app/cli/problem_output.h"
#include "app/cli/verbs.h"
#include "app/session/endpoint_place.h"

namespace streamwright::cli {

int openDesigner(const std::string& file, const std::string& endpoint, bool noEndpoint)
{
    EndpointOptions readable;
    if (auto read = readEndpointPlace(endpoint.empty() ? "4566" : endpoint, readable); !read) {
        printProblem(read.problem());
        return kBadInput;
    }
    if (!file.empty() && !std::filesystem::exists(file)) {
        std::fprintf(stderr, "%s: neither a file nor a command; see streamwright --help\n", file.c_str());
        return kBadInput;
    }
    std::vector<std::string> arguments;
    if (!endpoint.empty()) arguments = {"--endpoint", endpoint};
    if (noEndpoint) arguments = {"--no-endpoint"};
    if (!file.empty()) arguments.push_back(file);
    return becomeDesigner(arguments);
}

int becomeDesigner(const std::vector<std::string>& arguments)
{
    std::error_code none;
    const std::string program =
        (std::filesystem::read_symlink("/proc/self/exe", none).parent_path() / "streamwright-designer").string();
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    execv(program.c_str(), argv.data());
    std::fprintf(stderr, "The window is not there: %s: %s\n", program.c_str(), std::strerror(errno));
    return kBadInput;
}

} // namespace streamwright::cli
