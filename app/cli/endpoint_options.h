// SPDX-License-Identifier: GPL-3.0-or-later
// What the verbs that serve AWS clients take from the command line. Main thread.
#pragma once

#include "app/cli/verbs.h"

namespace streamwright::cli {

struct EndpointSettings {
    std::string place; // ADDR:PORT, or ""
    bool none = false;
    std::string account, region;
    bool auth = false;
    std::string credentials; // a file in the form of ~/.aws/credentials
    std::string certificate, key;
};

void addEndpointOptions(CLI::App& command, EndpointSettings& settings);

// A problem names the option.
Result<EndpointOptions> readEndpointOptions(const EndpointSettings& settings);

} // namespace streamwright::cli
