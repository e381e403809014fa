# SPDX-License-Identifier: GPL-3.0-or-later
# streamwright_plugin(NAME [LIBRARIES ...]): a plugin's library from the sources below its folder, with its kinds/*.json
# and its api/shapes.json embedded as text (kindDescriptions(), shapesText()).

# streamwright_pch(LIBRARY): the headers of core that nearly every source reads, compiled once for all libraries.
function(streamwright_pch LIBRARY)
    if(LIBRARY STREQUAL streamwright_core)
        target_precompile_headers(streamwright_core PRIVATE
            <algorithm> <chrono> <cstdint> <functional> <map> <memory> <optional> <span> <string> <string_view> <unordered_map>
            <vector> ${CMAKE_SOURCE_DIR}/core/base/json.h ${CMAKE_SOURCE_DIR}/core/base/units.h
            ${CMAKE_SOURCE_DIR}/core/api/service.h ${CMAKE_SOURCE_DIR}/core/runtime/operator.h)
    else()
        target_precompile_headers(${LIBRARY} REUSE_FROM streamwright_core)
    endif()
endfunction()

function(streamwright_plugin NAME)
    cmake_parse_arguments(ARG "" "" "LIBRARIES" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
    file(GLOB kinds CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/kinds/*.json)
    file(GLOB shapes CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/api/shapes.json)
    set(generated ${CMAKE_CURRENT_BINARY_DIR}/kinds_${NAME}.cpp)
    add_custom_command(
        OUTPUT ${generated}
        COMMAND ${CMAKE_COMMAND} -DNAME=${NAME} "-DKINDS=${kinds}" -DSHAPES=${shapes} -DOUTPUT=${generated} -P ${CMAKE_SOURCE_DIR}/cmake/embed_kinds.cmake
        DEPENDS ${kinds} ${shapes} ${CMAKE_SOURCE_DIR}/cmake/embed_kinds.cmake
        COMMENT "Embedding the kinds of ${NAME}"
        VERBATIM)
    add_library(plugin_${NAME} STATIC ${sources} ${generated})
    target_link_libraries(plugin_${NAME} PUBLIC streamwright_core ${ARG_LIBRARIES})
    streamwright_pch(plugin_${NAME})
endfunction()
