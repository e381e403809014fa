// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/firehose/compression.h"

#include <rapidcheck/gtest.h>
#include <snappy.h>
#include <zlib.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "core/base/random.h"

namespace streamwright::firehose {
namespace {

std::uint64_t little(std::string_view bytes)
{
    std::uint64_t value = 0;
    for (std::size_t i = bytes.size(); i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

std::size_t big32(std::string_view bytes)
{
    return __builtin_bswap32(static_cast<std::uint32_t>(little(bytes.substr(0, 4))));
}

std::string inflated(std::string_view data, int windowBits)
{
    z_stream stream{};
    EXPECT_EQ(::inflateInit2(&stream, windowBits), Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data()));
    stream.avail_in = static_cast<uInt>(data.size());
    std::string out;
    int status = Z_OK;
    while (status == Z_OK) {
        char buffer[1 << 16];
        stream.next_out = reinterpret_cast<Bytef*>(buffer);
        stream.avail_out = sizeof buffer;
        status = ::inflate(&stream, Z_NO_FLUSH);
        out.append(buffer, sizeof buffer - stream.avail_out);
    }
    EXPECT_EQ(status, Z_STREAM_END);
    EXPECT_EQ(stream.avail_in, 0u);
    ::inflateEnd(&stream);
    return out;
}

std::string unstreamed(std::string_view data)
{
    EXPECT_EQ(data.substr(0, 16), std::string_view("\x82SNAPPY\0\0\0\0\1\0\0\0\1", 16));
    data.remove_prefix(16);
    std::string out;
    while (!data.empty()) {
        const std::size_t size = big32(data);
        std::string plain;
        EXPECT_TRUE(snappy::Uncompress(data.data() + 4, size, &plain));
        EXPECT_LE(plain.size(), 32768u);
        out += plain;
        data.remove_prefix(4 + size);
    }
    return out;
}

std::string unblocked(std::string_view data)
{
    std::string out;
    while (!data.empty()) {
        const std::size_t plainSize = big32(data), size = big32(data.substr(4));
        std::string plain;
        EXPECT_TRUE(snappy::Uncompress(data.data() + 8, size, &plain));
        EXPECT_EQ(plain.size(), plainSize);
        out += plain;
        data.remove_prefix(8 + size);
    }
    return out;
}

std::string unzipped(std::string_view data, std::string_view entry)
{
    const std::size_t nameSize = little(data.substr(26, 2)), size = little(data.substr(18, 4));
    EXPECT_EQ(data.substr(30, nameSize), entry);
    const std::string plain = inflated(data.substr(30 + nameSize, size), -15);
    EXPECT_EQ(little(data.substr(14, 4)),
              ::crc32(0, reinterpret_cast<const Bytef*>(plain.data()), static_cast<uInt>(plain.size())));
    EXPECT_EQ(little(data.substr(22, 4)), plain.size());
    return plain;
}

std::string restored(CompressionFormat format, const std::string& packed)
{
    switch (format) {
    case CompressionFormat::Uncompressed:
        return packed;
    case CompressionFormat::Gzip:
        return inflated(packed, 15 + 16);
    case CompressionFormat::Zip:
        return unzipped(packed, "entry");
    case CompressionFormat::Snappy:
        return unstreamed(packed);
    case CompressionFormat::HadoopSnappy:
        return unblocked(packed);
    }
    return {};
}

constexpr CompressionFormat kAll[] = {CompressionFormat::Uncompressed, CompressionFormat::Gzip, CompressionFormat::Zip,
                                      CompressionFormat::Snappy, CompressionFormat::HadoopSnappy};

std::string noise(std::size_t size)
{
    Random random(size);
    std::string out(size, '\0');
    for (char& c : out)
        c = static_cast<char>(random.next());
    return out;
}

std::string lines(std::size_t count)
{
    std::string out;
    for (std::size_t i = 0; i < count; ++i)
        out += "{\"id\":" + std::to_string(i) + ",\"page\":\"/index.html\"}\n";
    return out;
}

TEST(Compression, EveryFormatGivesTheBytesBack)
{
    for (const CompressionFormat format : kAll)
        for (const std::string& data :
             {std::string(), std::string("x"), lines(100'000), noise(300'000), std::string(5'000'000, 'a')})
            EXPECT_EQ(restored(format, compress(format, data, "entry")), data) << int(format) << " " << data.size();
}

RC_GTEST_PROP(Compression, AnyBytesComeBack, (const std::string& data))
{
    for (const CompressionFormat format : kAll)
        RC_ASSERT(restored(format, compress(format, data, "entry")) == data);
}

TEST(Compression, RepetitiveDataShrinks)
{
    const std::string data = lines(10'000);
    for (const CompressionFormat format : kAll) {
        if (format == CompressionFormat::Uncompressed) continue;
        EXPECT_LT(compress(format, data, "e").size() * 4, data.size());
    }
}

TEST(Compression, SameBytesInSameBytesOut)
{
    const std::string data = lines(1000);
    for (const CompressionFormat format : kAll)
        EXPECT_EQ(compress(format, data, "e"), compress(format, data, "e"));
    EXPECT_EQ(little(compress(CompressionFormat::Gzip, data, "").substr(4, 4)), 0u); // no time in the header
}

TEST(Compression, NamesAndExtensionsOfTheApi)
{
    EXPECT_EQ(fileExtension(compressionFormat("UNCOMPRESSED")), "");
    EXPECT_EQ(fileExtension(compressionFormat("GZIP")), ".gz");
    EXPECT_EQ(fileExtension(compressionFormat("ZIP")), ".zip");
    EXPECT_EQ(fileExtension(compressionFormat("Snappy")), ".snappy");
    EXPECT_EQ(fileExtension(compressionFormat("HADOOP_SNAPPY")), ".snappy");
}

// The tools people use, where they are installed.
TEST(Compression, GzipAndUnzipReadIt)
{
    if (std::system("which gzip unzip >/dev/null 2>&1") != 0) GTEST_SKIP() << "gzip or unzip is not installed";
    std::string folder = (std::filesystem::temp_directory_path() / "streamwright-XXXXXX").native();
    ASSERT_NE(::mkdtemp(folder.data()), nullptr);
    const auto write = [&](const char* name, const std::string& bytes) {
        std::ofstream(folder + name, std::ios::binary) << bytes;
    };
    write("/plain", lines(50'000));
    write("/a.gz", compress(CompressionFormat::Gzip, lines(50'000), ""));
    write("/a.zip", compress(CompressionFormat::Zip, lines(50'000), "plain"));
    EXPECT_EQ(std::system(("gzip -dc " + folder + "/a.gz | cmp - " + folder + "/plain").c_str()), 0);
    EXPECT_EQ(std::system(("unzip -tq " + folder + "/a.zip >/dev/null").c_str()), 0);
    EXPECT_EQ(std::system(("unzip -p " + folder + "/a.zip plain | cmp - " + folder + "/plain").c_str()), 0);
    std::filesystem::remove_all(folder);
}

} // namespace
} // namespace streamwright::firehose
