// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/base64.h"

#include <rapidcheck/gtest.h>

namespace streamwright {
namespace {

std::string encoded(std::string_view bytes)
{
    std::string text;
    appendBase64(text, bytes);
    return text;
}

// Nothing when the text is no base64.
std::optional<std::string> decoded(std::string text)
{
    const DecodedBase64 result = decodeBase64(text, text.data());
    if (!result.whole) return std::nullopt;
    return text.substr(0, result.size);
}

TEST(Base64, PublishedVectors)
{
    const std::vector<std::pair<std::string, std::string>> vectors = {{"", ""},
                                                                      {"f", "Zg=="},
                                                                      {"fo", "Zm8="},
                                                                      {"foo", "Zm9v"},
                                                                      {"foob", "Zm9vYg=="},
                                                                      {"fooba", "Zm9vYmE="},
                                                                      {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : vectors) {
        EXPECT_EQ(encoded(bytes), text);
        EXPECT_EQ(decoded(text), bytes);
    }
}

RC_GTEST_PROP(Base64, WhatIsEncodedIsDecodedInPlaceAndElsewhere, (std::string bytes))
{
    while (*rc::gen::arbitrary<bool>() && bytes.size() < 5000)
        bytes += bytes + "\xFF\x00?"; // beyond what is done in wide steps
    const std::string text = encoded(bytes);
    RC_ASSERT(text.size() == (bytes.size() + 2) / 3 * 4);
    RC_ASSERT(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") ==
              std::string::npos);
    RC_ASSERT(decoded(text) == bytes);
    std::string elsewhere(text.size() / 4 * 3, '\0');
    RC_ASSERT(decodeBase64(text, elsewhere.data()).size == bytes.size());
    RC_ASSERT(elsewhere.substr(0, bytes.size()) == bytes);
}

TEST(Base64, EveryCharacterAtEveryPlaceOfALongTextIsTakenOrRefused)
{
    const std::string good = encoded(std::string(90, '\x69'));
    ASSERT_EQ(good.size(), 120u);
    for (std::size_t place = 0; place < good.size(); ++place) {
        for (int c = 0; c < 256; ++c) {
            const bool allowed = std::isalnum(c) || c == '+' || c == '/';
            if (place + 1 == good.size() && c == '=') continue;
            std::string text = good;
            text[place] = static_cast<char>(c);
            std::string into(text.size(), '\0');
            const DecodedBase64 result = decodeBase64(text, into.data());
            ASSERT_EQ(result.whole, allowed) << place << " " << c;
            if (allowed) {
                ASSERT_EQ(encoded(std::string_view(into).substr(0, result.size)), text) << place << " " << c;
            } else {
                ASSERT_EQ(result.size, place / 4 * 3) << place << " " << c;
            }
        }
    }
}

TEST(Base64, RefusesWhatTheWriterWouldNotWrite)
{
    for (const char* bad :
         {"Zg", "Zg=", "Zg===", "Z===", "====", "Zh==", "Zm9=", "Zg==Zg==", "Zm9v=", "Zm 9", "Zm-_", "=Zg=", "Z=g="})
        EXPECT_FALSE(decoded(bad)) << bad;
}

} // namespace
} // namespace streamwright
