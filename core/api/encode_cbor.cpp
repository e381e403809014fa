// SPDX-License-Identifier: GPL-3.0-or-later
// CBOR with maps and lists of indefinite length, as the services write it.
#include <bit>

#include "core/api/encode.h"

namespace streamwright::api {

namespace {

constexpr char kBeginMap = '\xBF', kBeginList = '\x9F', kBreak = '\xFF', kTrue = '\xF5', kFalse = '\xF4',
               kDouble = '\xFB', kTimeTag = '\xC1';
enum Major : unsigned { kUnsigned, kNegative, kBytes, kText };

class CborWriter : public Writer {
public:
    explicit CborWriter(std::string& into) : into_(into) { }

    void beginMap() override { into_ += kBeginMap; }
    void endMap() override { into_ += kBreak; }
    void key(std::string_view name) override { string(name); }
    void beginList() override { into_ += kBeginList; }
    void endList() override { into_ += kBreak; }
    void string(std::string_view utf8) override
    {
        head(kText, utf8.size());
        into_ += utf8;
    }
    void integer(std::int64_t value) override
    {
        if (value >= 0)
            head(kUnsigned, static_cast<std::uint64_t>(value));
        else
            head(kNegative, static_cast<std::uint64_t>(-1 - value));
    }
    void real(double value) override
    {
        into_ += kDouble;
        bigEndian(std::bit_cast<std::uint64_t>(value), 8);
    }
    void boolean(bool value) override { into_ += value ? kTrue : kFalse; }
    void blob(std::string_view bytes) override
    {
        head(kBytes, bytes.size());
        into_ += bytes;
    }
    void time(Time value) override
    {
        tagTime();
        integer(epochMilliseconds(value));
    }

protected:
    void tagTime() { into_ += kTimeTag; }

private:
    void head(Major major, std::uint64_t number)
    {
        const unsigned kind = major << 5;
        if (number < 24) {
            into_ += static_cast<char>(kind | number);
            return;
        }
        const unsigned size = number <= 0xFF ? 0 : number <= 0xFFFF ? 1 : number <= 0xFFFF'FFFF ? 2 : 3;
        into_ += static_cast<char>(kind | (24 + size));
        bigEndian(number, 1u << size);
    }
    void bigEndian(std::uint64_t number, unsigned bytes)
    {
        while (bytes > 0)
            into_ += static_cast<char>(number >> 8 * --bytes);
    }

    std::string& into_;
};

class RpcCborWriter final : public CborWriter {
public:
    using CborWriter::CborWriter;
    void time(Time value) override
    {
        tagTime();
        real(static_cast<double>(epochMilliseconds(value)) / 1000);
    }
};

} // namespace

std::unique_ptr<Writer> cborWriter(std::string& into) { return std::make_unique<CborWriter>(into); }
std::unique_ptr<Writer> rpcCborWriter(std::string& into) { return std::make_unique<RpcCborWriter>(into); }

} // namespace streamwright::api
