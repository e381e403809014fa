// SPDX-License-Identifier: GPL-3.0-or-later
// What answers of every version need as text: the Date, and what a status is called. Any thread.
#pragma once

#include <string_view>

namespace streamwright::endpoint {

// "Mon, 23 Nov 2026 15:10:58 GMT", of the system's clock: clients correct their own by it. Until the thread's next call.
std::string_view httpDate();
std::string_view reasonPhrase(int status);

} // namespace streamwright::endpoint
