// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/arrange.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/session/annotations.h"
#include "app/session/auto_layout.h"

namespace streamwright {

namespace {

constexpr double kFarthest = 1e7; // as the file allows

std::optional<Point> readPlace(const Json& value)
{
    if (!value.is_array() || value.size() != 2 || !value[0].is_number() || !value[1].is_number()) return std::nullopt;
    const Point place{value[0].get<double>(), value[1].get<double>()};
    if (std::abs(place.x) > kFarthest || std::abs(place.y) > kFarthest) return std::nullopt;
    return place;
}

Json numberJson(double value)
{
    value = std::round(value * 100) / 100; // hundredths of a unit: nobody sees less, and the file stays readable
    if (std::trunc(value) == value) return static_cast<std::int64_t>(value);
    return value;
}

Json placeJson(Point place)
{
    const auto clamped = [](double value) { return std::clamp(value, -kFarthest, kFarthest); };
    return Json::array({numberJson(clamped(place.x)), numberJson(clamped(place.y))});
}

// The layout's rows go into a vector unchecked: looking each up would make a large drawing quadratic.
void append(Json& layout, const std::string& node, Json place)
{
    auto& rows = layout.get_ref<Json::object_t&>();
    static_cast<Json::object_t::Container&>(rows).emplace_back(node, std::move(place));
}

Extent extentFor(const ExtentOf& extentOf, const std::string& node) { return extentOf ? extentOf(node) : Extent{}; }

// Along one axis: where a node begins and how long it is.
struct Span {
    std::string node;
    double begin = 0, length = 0;
};

std::vector<Span> spansOf(const std::map<std::string, Point>& places, const std::set<std::string>& nodes,
                          const ExtentOf& extentOf, bool horizontal)
{
    std::vector<Span> spans;
    for (const std::string& node : nodes) {
        const auto found = places.find(node);
        if (found == places.end()) continue;
        const Extent extent = extentFor(extentOf, node);
        spans.push_back(
            {node, horizontal ? found->second.x : found->second.y, horizontal ? extent.width : extent.height});
    }
    return spans;
}

// Puts the spans where they say; the other axis stays.
void place(Pipeline& pipeline, std::map<std::string, Point> places, const std::vector<Span>& spans, bool horizontal)
{
    std::map<std::string, Point> moved;
    for (const Span& span : spans) {
        Point& at = moved[span.node] = places[span.node];
        (horizontal ? at.x : at.y) = span.begin;
    }
    setPlaces(pipeline, moved);
}

} // namespace

std::optional<Point> placeOf(const Pipeline& pipeline, const std::string& node)
{
    const auto found = pipeline.layout.find(node);
    return found == pipeline.layout.end() ? std::nullopt : readPlace(*found);
}

std::map<std::string, Point> writtenPlaces(const Pipeline& pipeline)
{
    std::map<std::string, Point> places;
    for (const auto& [node, value] : pipeline.layout.items())
        if (const auto place = readPlace(value)) places.emplace(node, *place);
    return places;
}

void setPlace(Pipeline& pipeline, const std::string& node, Point place) { pipeline.layout[node] = placeJson(place); }

void setPlaces(Pipeline& pipeline, const std::map<std::string, Point>& places)
{
    std::set<std::string> left;
    for (const auto& [node, place] : places)
        left.insert(node);
    for (auto& [node, value] : pipeline.layout.items()) {
        const auto found = places.find(node);
        if (found == places.end()) continue;
        value = placeJson(found->second);
        left.erase(node);
    }
    for (const std::string& node : left)
        append(pipeline.layout, node, placeJson(places.at(node)));
}

void removePlaces(Pipeline& pipeline, const std::set<std::string>& nodes)
{
    Json layout = Json::object();
    for (auto& [node, place] : pipeline.layout.items())
        if (!nodes.contains(node)) append(layout, node, std::move(place));
    pipeline.layout = std::move(layout);
}

void renamePlace(Pipeline& pipeline, const std::string& id, const std::string& newId)
{
    Json layout = Json::object(); // the place keeps its row in the file; a stray one of the new name goes
    for (auto& [node, place] : pipeline.layout.items())
        if (node != newId) append(layout, node == id ? newId : node, std::move(place));
    pipeline.layout = std::move(layout);
}

Point snapped(Point place, double grid)
{
    return {std::round(place.x / grid) * grid, std::round(place.y / grid) * grid};
}

std::set<std::string> nodesOf(const Pipeline& pipeline, const Parts& parts)
{
    std::set<std::string> nodes = parts.nodes;
    for (const Group& group : pipeline.groups)
        if (parts.groups.contains(group.id)) nodes.insert(group.nodes.begin(), group.nodes.end());
    return nodes;
}

void moveParts(Pipeline& pipeline, const Parts& parts, Point by, const ExtentOf& extentOf)
{
    const auto places = placesOf(pipeline, extentOf);
    std::map<std::string, Point> moved;
    for (const std::string& node : nodesOf(pipeline, parts))
        if (const auto found = places.find(node); found != places.end())
            moved[node] = {found->second.x + by.x, found->second.y + by.y};
    setPlaces(pipeline, moved);
    for (Comment& comment : pipeline.comments)
        if (parts.comments.contains(comment.id)) {
            comment.x += by.x;
            comment.y += by.y;
        }
}

void snapParts(Pipeline& pipeline, const Parts& parts, double grid, const ExtentOf& extentOf)
{
    const auto places = placesOf(pipeline, extentOf);
    std::map<std::string, Point> moved;
    for (const std::string& node : nodesOf(pipeline, parts))
        if (const auto found = places.find(node); found != places.end()) moved[node] = snapped(found->second, grid);
    setPlaces(pipeline, moved);
    for (Comment& comment : pipeline.comments)
        if (parts.comments.contains(comment.id))
            moveComment(pipeline, comment.id, snapped({comment.x, comment.y}, grid));
}

void align(Pipeline& pipeline, const std::set<std::string>& nodes, Alignment alignment, const ExtentOf& extentOf)
{
    const bool horizontal =
        alignment == Alignment::Left || alignment == Alignment::Centre || alignment == Alignment::Right;
    const auto places = placesOf(pipeline, extentOf);
    auto spans = spansOf(places, nodes, extentOf, horizontal);
    if (spans.size() < 2) return;
    double first = spans[0].begin, last = first;
    for (const Span& span : spans) {
        first = std::min(first, span.begin);
        last = std::max(last, span.begin + span.length);
    }
    for (Span& span : spans) {
        if (alignment == Alignment::Left || alignment == Alignment::Top)
            span.begin = first;
        else if (alignment == Alignment::Right || alignment == Alignment::Bottom)
            span.begin = last - span.length;
        else
            span.begin = (first + last - span.length) / 2;
    }
    place(pipeline, places, spans, horizontal);
}

void distribute(Pipeline& pipeline, const std::set<std::string>& nodes, Direction direction, const ExtentOf& extentOf)
{
    const bool horizontal = direction == Direction::Horizontal;
    const auto places = placesOf(pipeline, extentOf);
    auto spans = spansOf(places, nodes, extentOf, horizontal);
    if (spans.size() < 3) return;
    std::stable_sort(spans.begin(), spans.end(),
                     [](const Span& a, const Span& b) { return a.begin + a.length / 2 < b.begin + b.length / 2; });
    double inner = 0;
    for (const Span& span : spans)
        inner += span.length;
    const double gap = (spans.back().begin + spans.back().length - spans.front().begin - inner) /
                       static_cast<double>(spans.size() - 1);
    double at = spans.front().begin;
    for (Span& span : spans) {
        span.begin = at;
        at += span.length + gap;
    }
    place(pipeline, places, spans, horizontal);
}

Point freePlace(const Pipeline& pipeline, Point wish, const ExtentOf& extentOf)
{
    const auto places = placesOf(pipeline, extentOf);
    const Extent own;
    const auto free = [&](Point at) {
        return std::none_of(places.begin(), places.end(), [&](const auto& other) {
            const Extent extent = extentFor(extentOf, other.first);
            return at.x < other.second.x + extent.width + kGrid && other.second.x < at.x + own.width + kGrid &&
                   at.y < other.second.y + extent.height + kGrid && other.second.y < at.y + own.height + kGrid;
        });
    };
    wish = snapped(wish);
    // Below the wish first, then to its right: rings of places around it would jump about.
    for (int column = 0; column < 40; ++column)
        for (int row = 0; row < 40; ++row) {
            const Point at{wish.x + column * 10 * kGrid, wish.y + row * 5 * kGrid};
            if (free(at)) return at;
        }
    return wish;
}

} // namespace streamwright
