// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/endpoint_place.h"

#include <charconv>

namespace streamwright {

Result<void> readEndpointPlace(const std::string& place, EndpointOptions& into)
{
    const auto colon = place.rfind(':');
    std::string address = colon == std::string::npos ? "" : place.substr(0, colon);
    const std::string port = colon == std::string::npos ? place : place.substr(colon + 1);
    if (address.size() > 2 && address.front() == '[' && address.back() == ']')
        address = address.substr(1, address.size() - 2);
    std::uint16_t number = 0;
    const auto read = std::from_chars(port.data(), port.data() + port.size(), number);
    if (port.empty() || read.ec != std::errc() || read.ptr != port.data() + port.size())
        return Problem{ProblemCode::InvalidInput, "not an address and port: \"" + place + "\"; write 127.0.0.1:4566",
                       "--endpoint"};
    into.port = number;
    if (!address.empty()) into.address = address;
    return {};
}

} // namespace streamwright
