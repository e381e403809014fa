// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as the message of an aggregated record, with the digest that makes it count: the user records must be views
// into it. And the same bytes as a whole record.
#include <cstdlib>

#include "core/base/digest.h"
#include "core/record/deaggregation.h"

namespace {

using namespace streamwright;

void demand(bool good)
{
    if (!good) std::abort();
}

void takeApart(std::string_view data)
{
    const auto records = deaggregate(data);
    if (!records) return;
    for (const UserRecord& record : *records)
        for (const std::string_view view : {record.key, record.data})
            demand(view.data() >= data.data() && view.data() + view.size() <= data.data() + data.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string message(reinterpret_cast<const char*>(data), size);
    const Md5 digest = md5(message);
    takeApart(message);
    takeApart("\xF3\x89\x9A\xC2" + message + std::string(digest.begin(), digest.end()));
    return 0;
}
