# SPDX-License-Identifier: GPL-3.0-or-later
# Writes OUTPUT: the texts of the KINDS files as one C++ span, streamwright::NAME::kindDescriptions(), and that of the SHAPES
# file, where there is one, as streamwright::NAME::shapesText().
set(entries "")
foreach(kind IN LISTS KINDS)
    file(READ ${kind} text)
    string(APPEND entries "    R\"~~kind~~(${text})~~kind~~\",\n")
endforeach()
set(shapes "")
if(SHAPES)
    file(READ ${SHAPES} text)
    # A literal has at most 64 KiB by the standard: pieces, which the compiler joins.
    string(LENGTH "${text}" length)
    set(pieces "")
    set(at 0)
    while(at LESS length)
        string(SUBSTRING "${text}" ${at} 8000 piece)
        string(APPEND pieces "    R\"~~shapes~~(${piece})~~shapes~~\"\n")
        math(EXPR at "${at} + 8000")
    endwhile()
    set(shapes "std::string_view shapesText()\n{\n    static constexpr std::string_view text =\n${pieces}        ;\n    return text;\n}\n")
endif()
file(WRITE ${OUTPUT} "// Generated from plugins/${NAME}/kinds.
#include <span>
#include <string_view>
namespace streamwright::${NAME} {
namespace {
constexpr std::string_view kTexts[] = {
${entries}    \"\"};
}
std::span<const std::string_view> kindDescriptions() { return std::span(kTexts).first(std::size(kTexts) - 1); }
${shapes}}
")
