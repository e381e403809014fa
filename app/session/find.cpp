// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/find.h"

#include <algorithm>
#include <sstream>

#include "app/session/fuzzy.h"

namespace streamwright {

namespace {

// What a match is worth by where it is.
constexpr double kName = 4, kKind = 2, kState = 2, kWords = 2, kValue = 1;

const char* stateWord(NodeState state)
{
    switch (state) {
    case NodeState::Stopped:
        return "stopped";
    case NodeState::Ok:
        return "ok";
    case NodeState::Starved:
        return "starved";
    case NodeState::Throttling:
        return "throttling";
    case NodeState::Failing:
        return "failing";
    }
    return "";
}

std::string shortened(std::string text)
{
    std::replace(text.begin(), text.end(), '\n', ' ');
    if (text.size() <= 60) return text;
    std::size_t end = 57;
    while (end > 0 && (text[end] & 0xC0) == 0x80) // not within a letter
        --end;
    return text.substr(0, end) + "...";
}

bool contains(const std::string& text, const std::string& lowered)
{
    return std::search(text.begin(), text.end(), lowered.begin(), lowered.end(),
                       [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; }) != text.end();
}

// One word of the query against everything about one thing; keeps the best.
class Matcher {
public:
    explicit Matcher(const std::string& word) : word_(word) { }

    void fuzzy(const std::string& text, double worth, const std::string& where)
    {
        take(fuzzyScore(word_, text) * worth, where);
    }
    // Long texts and values hold some letters in any order by chance: here the word itself must be found.
    void plain(const std::string& text, double worth, const std::string& where)
    {
        if (contains(text, word_)) take(fuzzyScore(word_, shortened(text)) * worth + worth * 0.1, where);
    }
    void properties(const Json& value, const std::string& name)
    {
        if (value.is_object()) {
            for (const auto& [member, item] : value.items())
                properties(item, name.empty() ? member : name + "." + member);
        } else if (value.is_array()) {
            for (const Json& item : value)
                properties(item, name);
        } else {
            const std::string text = value.is_string() ? value.get<std::string>()
                                                       : value.dump(-1, ' ', false, Json::error_handler_t::replace);
            const std::string where = name + ": " + shortened(text);
            plain(text, kValue, where);
            plain(name, kValue, where);
        }
    }

    double score() const { return score_; }
    const std::string& where() const { return where_; }

private:
    void take(double score, const std::string& where)
    {
        if (score <= score_) return;
        score_ = score;
        where_ = where;
    }

    const std::string& word_;
    double score_ = 0;
    std::string where_;
};

// What all words together are worth; 0 when one is missing.
template <typename Look>
void search(const std::vector<std::string>& words, Found::What what, const std::string& id, std::vector<Found>& found,
            Look look)
{
    Found hit{what, id, "", 0};
    double best = 0;
    for (const std::string& word : words) {
        Matcher matcher(word);
        look(matcher);
        if (matcher.score() <= 0) return;
        hit.score += matcher.score();
        if (matcher.score() > best) {
            best = matcher.score();
            hit.where = matcher.where();
        }
    }
    found.push_back(std::move(hit));
}

} // namespace

std::vector<Found> findParts(const Pipeline& pipeline, const Registry& registry, const LiveView* live,
                             const std::string& query)
{
    std::vector<std::string> words;
    std::istringstream in(query);
    for (std::string word; in >> word;) {
        std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) { return std::tolower(c); });
        words.push_back(word);
    }
    std::vector<Found> found;
    if (words.empty()) return found;
    for (const Node& node : pipeline.nodes)
        search(words, Found::What::Node, node.id, found, [&](Matcher& matcher) {
            const Registry::Entry* entry = registry.find(node.kind);
            matcher.fuzzy(node.id, kName, "name");
            if (entry) matcher.plain(entry->kind.title, kKind, entry->kind.title);
            if (entry) matcher.plain(entry->kind.family, kKind, entry->kind.family);
            matcher.plain(node.kind, kKind, node.kind);
            matcher.properties(node.properties, "");
            if (node.disabled) matcher.plain("disabled", kState, "disabled");
            if (!live) return;
            const auto state = live->nodes.find(node.id);
            if (state != live->nodes.end())
                matcher.plain(stateWord(state->second.state), kState, stateWord(state->second.state));
        });
    for (const Comment& comment : pipeline.comments)
        search(words, Found::What::Comment, comment.id, found,
               [&](Matcher& matcher) { matcher.plain(comment.text, kWords, "note: " + shortened(comment.text)); });
    for (const Group& group : pipeline.groups)
        search(words, Found::What::Group, group.id, found,
               [&](Matcher& matcher) { matcher.fuzzy(group.title, kWords, "group"); });
    std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.score > b.score; });
    return found;
}

} // namespace streamwright
