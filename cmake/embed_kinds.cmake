# SPDX-License-Identifier: GPL-3.0-or-later
# Writes OUTPUT: the texts of the KINDS files as one C++ span, streamwright::NAME::kindDescriptions().
set(entries "")
foreach(kind IN LISTS KINDS)
    file(READ ${kind} text)
    string(APPEND entries "    R\"~~kind~~(${text})~~kind~~\",\n")
endforeach()
file(WRITE ${OUTPUT} "// Generated from plugins/${NAME}/kinds.
#include <span>
#include <string_view>
namespace streamwright::${NAME} {
namespace {
constexpr std::string_view kTexts[] = {
${entries}    \"\"};
}
std::span<const std::string_view> kindDescriptions() { return std::span(kTexts).first(std::size(kTexts) - 1); }
}
")
