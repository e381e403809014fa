// SPDX-License-Identifier: GPL-3.0-or-later
// HttpRequest and HttpAnswer: what every version of HTTP carries. Header fields lie in one text. Values; one thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace streamwright::endpoint {

inline char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

class HttpFields {
public:
    void add(std::string_view name, std::string_view value)
    {
        places_.push_back({text_.size(), name.size(), value.size()});
        text_.append(name).append(value);
    }
    // The first of that name, any case; "" when absent. name: in lower case.
    std::string_view find(std::string_view name) const
    {
        for (std::size_t i = 0; i < places_.size(); ++i)
            if (places_[i].name == name.size() && equals(this->name(i), name)) return value(i);
        return {};
    }
    std::size_t size() const { return places_.size(); }
    std::size_t bytes() const { return text_.size(); }
    std::string_view name(std::size_t i) const { return {text_.data() + places_[i].at, places_[i].name}; }
    std::string_view value(std::size_t i) const
    {
        return {text_.data() + places_[i].at + places_[i].name, places_[i].value};
    }

private:
    struct Place {
        std::size_t at, name, value;
    };
    static bool equals(std::string_view sent, std::string_view lowered)
    {
        return std::equal(sent.begin(), sent.end(), lowered.begin(), [](char a, char b) { return lower(a) == b; });
    }

    std::string text_;
    std::vector<Place> places_;
};

struct HttpRequest {
    std::string method;
    std::string target; // path and query, as sent
    HttpFields headers; // of HTTP/2 with ":authority", and with a "host" of the same value
    std::string body;
    std::string sentBody; // before it was inflated; empty when it was sent plain
    std::string remote; // "127.0.0.1:50312"
    bool secure = false, http2 = false;

    std::string_view path() const { return std::string_view(target).substr(0, target.find('?')); }
    std::string_view query() const
    {
        const auto mark = target.find('?');
        return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
    }
};

// Date and the length are added by the transport.
struct HttpAnswer {
    int status = 200;
    HttpFields headers;
    std::string body;
};

} // namespace streamwright::endpoint
