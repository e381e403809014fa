// SPDX-License-Identifier: GPL-3.0-or-later
// Endpoint: the server that lets AWS clients use a running pipeline. Made by the endpoint plugin through the Registry; ends
// with its destructor, which must come before that of the engine. Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"

namespace streamwright {

class Engine;
class Registry;

struct EndpointOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 4566; // 0: any free one
    std::string account = "000000000000"; // 12 digits
    std::string region = "us-east-1";
    bool auth = false; // requests must be signed with one of the keys
    std::map<std::string, std::string> keys; // access key id -> secret
    std::string certificateFile, keyFile; // PEM; both empty: a self-signed one, made at first use
};

struct RequestLogEntry {
    std::uint64_t number = 0; // ascending, from 1
    Time time{}; // of the run
    std::string client; // "127.0.0.1:50312"
    std::string action; // "kinesis.PutRecord"; "" when it could not be told
    std::string resource;
    int status = 0;
    std::string error; // the code, or ""
    std::string reason; // of a throttle, a refusal or failed entries of a batch: why, else what the client was told
    std::chrono::microseconds duration{0};
};

class Endpoint {
public:
    virtual ~Endpoint() = default;
    virtual std::uint16_t port() const = 0;
    virtual std::string url() const = 0; // "http://127.0.0.1:4566"
    // The newest requests after that number, oldest first; bounded.
    virtual std::vector<RequestLogEntry> requests(std::uint64_t after) const = 0;
};

using EndpointFactory =
    std::function<Result<std::unique_ptr<Endpoint>>(Engine& engine, const Registry& registry, const EndpointOptions&)>;

} // namespace streamwright
