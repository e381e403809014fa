// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/endpoint_options.h"

#include <charconv>
#include <cstdlib>
#include <fstream>

namespace streamwright::cli {

namespace {

Problem bad(std::string option, std::string message)
{
    return {ProblemCode::InvalidInput, std::move(message), std::move(option)};
}

// "127.0.0.1:4566", "[::1]:4566", ":4566" or "4566".
Result<void> readPlace(const std::string& place, EndpointOptions& into)
{
    const auto colon = place.rfind(':');
    std::string address = colon == std::string::npos ? "" : place.substr(0, colon);
    const std::string port = colon == std::string::npos ? place : place.substr(colon + 1);
    if (address.size() > 2 && address.front() == '[' && address.back() == ']')
        address = address.substr(1, address.size() - 2);
    if (!address.empty()) into.address = address;
    const auto read = std::from_chars(port.data(), port.data() + port.size(), into.port);
    if (!port.empty() && read.ec == std::errc() && read.ptr == port.data() + port.size()) return {};
    return bad("--endpoint", "not an address and port: \"" + place + "\"; write 127.0.0.1:4566");
}

std::string trimmed(const std::string& text)
{
    const auto begin = text.find_first_not_of(" \t\r");
    return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// The keys of all profiles.
Result<void> readCredentials(const std::string& path, std::map<std::string, std::string>& keys)
{
    std::ifstream file(path);
    std::string line, id;
    while (std::getline(file, line)) {
        const auto equals = line.find('=');
        if (equals == std::string::npos) continue;
        const std::string name = trimmed(line.substr(0, equals)), value = trimmed(line.substr(equals + 1));
        if (name == "aws_access_key_id") id = value;
        if (name == "aws_secret_access_key" && !id.empty()) keys[id] = value;
    }
    if (!keys.empty()) return {};
    return bad("--credentials", path + " has no aws_access_key_id with an aws_secret_access_key");
}

} // namespace

void addEndpointOptions(CLI::App& command, EndpointSettings& settings)
{
    command.add_option("--endpoint", settings.place, "Where AWS clients connect: ADDR:PORT; 127.0.0.1:4566")
        ->check(notEmpty());
    command.add_option("--account", settings.account, "The account of the resources, 12 digits; 000000000000")
        ->check(notEmpty());
    command.add_option("--region", settings.region, "The region of the resources; us-east-1")->check(notEmpty());
    command.add_flag("--auth", settings.auth,
                     "Requests must be signed with a key of --credentials or of AWS_ACCESS_KEY_ID and "
                     "AWS_SECRET_ACCESS_KEY; without it any credentials are taken");
    command.add_option("--credentials", settings.credentials, "The keys for --auth, a file like ~/.aws/credentials")
        ->check(notEmpty());
    command.add_option("--certificate", settings.certificate, "For TLS: a PEM file; one is made when absent");
    command.add_option("--certificate-key", settings.key, "The certificate's key, a PEM file");
}

Result<EndpointOptions> readEndpointOptions(const EndpointSettings& settings)
{
    EndpointOptions options;
    if (!settings.place.empty())
        if (auto read = readPlace(settings.place, options); !read) return read.problem();
    if (!settings.account.empty()) {
        const bool digits = settings.account.find_first_not_of("0123456789") == std::string::npos;
        if (!digits || settings.account.size() != 12)
            return bad("--account", "an account has 12 digits, not \"" + settings.account + "\"");
        options.account = settings.account;
    }
    if (!settings.region.empty()) options.region = settings.region;
    options.auth = settings.auth;
    options.certificateFile = settings.certificate;
    options.keyFile = settings.key;
    if (settings.certificate.empty() != settings.key.empty())
        return bad("--certificate", "a certificate and its key go together: give --certificate and --certificate-key");
    if (!settings.auth) return options;
    if (!settings.credentials.empty()) {
        if (auto read = readCredentials(settings.credentials, options.keys); !read) return read.problem();
        return options;
    }
    const char *id = std::getenv("AWS_ACCESS_KEY_ID"), *secret = std::getenv("AWS_SECRET_ACCESS_KEY");
    if (!id || !secret)
        return bad("--auth", "no key to check signatures against: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
                             "or give --credentials FILE");
    options.keys[id] = secret;
    return options;
}

} // namespace streamwright::cli
