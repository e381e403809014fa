// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/fuzzy.h"

#include <cctype>
#include <string>
#include <vector>

namespace streamwright {

namespace {

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }
bool letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80; }

bool beginsWord(std::string_view text, std::size_t i)
{
    if (i == 0 || !letter(text[i - 1])) return true;
    return std::isupper(static_cast<unsigned char>(text[i])) && std::islower(static_cast<unsigned char>(text[i - 1]));
}

} // namespace

double fuzzyScore(std::string_view query, std::string_view text)
{
    std::string wanted;
    for (const char c : query)
        if (c != ' ') wanted += lower(c);
    if (wanted.empty()) return 1;
    if (wanted.size() > text.size()) return 0;
    // best[i]: the best score with the letters so far, the last of them at text[i].
    std::vector<double> best(text.size(), 0), next(text.size(), 0);
    for (std::size_t q = 0; q < wanted.size(); ++q) {
        double before = q == 0 ? 1 : 0; // the best of all that end before the letter to the left
        for (std::size_t i = 0; i < text.size(); ++i) {
            next[i] = 0;
            if (lower(text[i]) == wanted[q]) {
                const double own = 1 + (beginsWord(text, i) ? 4 : 0);
                const double adjacent = i > 0 && q > 0 && best[i - 1] > 0 ? best[i - 1] + own + 3 : 0;
                const double apart = before > 0 ? before + own : 0;
                next[i] = std::max(adjacent, apart);
            }
            if (q > 0 && i > 0) before = std::max(before, best[i - 1]);
        }
        std::swap(best, next);
    }
    double score = 0;
    for (const double value : best)
        score = std::max(score, value);
    return score == 0 ? 0 : score / (1 + 0.01 * static_cast<double>(text.size()));
}

} // namespace streamwright
