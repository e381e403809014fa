// SPDX-License-Identifier: GPL-3.0-or-later
// Writer: an answer as an action writes it, once for every protocol: members and elements in order, begun and ended like
// JSON. The JSON writer encodes blobs as base64 and times as seconds, the CBOR writer as bytes and tagged milliseconds, the
// XML writer names elements by the action's output shape. Absent members are not written. One thread at a time.
//   out.beginMap(); out.key("Records"); out.beginList(); ... out.endList(); out.endMap();
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/units.h"

namespace streamwright::api {

class Writer {
public:
    virtual ~Writer() = default;

    virtual void beginMap() = 0;
    virtual void endMap() = 0;
    virtual void key(std::string_view name) = 0;
    virtual void beginList() = 0;
    virtual void endList() = 0;
    virtual void string(std::string_view utf8) = 0;
    virtual void integer(std::int64_t value) = 0;
    virtual void real(double value) = 0;
    virtual void boolean(bool value) = 0;
    virtual void blob(std::string_view bytes) = 0;
    virtual void time(Time value) = 0;

    // Members of the map begun last.
    void member(std::string_view name, std::string_view value) { key(name), string(value); }
    void member(std::string_view name, const std::string& value) { key(name), string(value); }
    void member(std::string_view name, const char* value) { key(name), string(value); }
    void member(std::string_view name, bool value) { key(name), boolean(value); }
    void member(std::string_view name, std::int64_t value) { key(name), integer(value); }
    void member(std::string_view name, std::uint64_t value) { key(name), integer(static_cast<std::int64_t>(value)); }
    void member(std::string_view name, int value) { key(name), integer(value); }
    void member(std::string_view name, double value) { key(name), real(value); }
    void member(std::string_view name, Time value) { key(name), time(value); }
};

} // namespace streamwright::api
