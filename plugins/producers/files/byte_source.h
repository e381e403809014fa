// SPDX-License-Identifier: GPL-3.0-or-later
// ByteSource: the bytes of a file from its begin to its end, and again after rewind(). One owner, one thread.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "core/base/result.h"

namespace streamwright::producers {

class ByteSource {
public:
    virtual ~ByteSource() = default;
    // How many bytes (at most size) it put into the memory; 0 at the end.
    virtual Result<std::size_t> read(char* into, std::size_t size) = 0;
    virtual Result<void> rewind() = 0;
};

// A regular file; the place of a problem is the path.
Result<std::unique_ptr<ByteSource>> openFile(const std::string& path);
// Bytes in memory; piece: the most that one read gives.
std::unique_ptr<ByteSource> bytesOf(std::string bytes, std::size_t piece = 65'536);

} // namespace streamwright::producers
