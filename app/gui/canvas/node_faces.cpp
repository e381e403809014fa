// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/node_faces.h"

#include <QObject>
#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "app/session/auto_layout.h"

namespace streamwright::gui {

namespace {

// "ShardCount 2": what was set on the node and can be said in a word.
QString summaryOf(const Node& node)
{
    QString summary;
    if (!node.properties.is_object()) return summary;
    for (const auto& [name, value] : node.properties.items()) {
        if (!value.is_number() && !value.is_string() && !value.is_boolean()) continue;
        const QString word =
            QString::fromStdString(value.is_string() ? value.get<std::string>() : value.dump()).left(40).simplified();
        summary += (summary.isEmpty() ? "" : " · ") + QString::fromStdString(name) + " " + word;
        if (summary.size() > 60) break;
    }
    return summary;
}

void addPort(NodeFace& face, const std::string& name, bool isInput)
{
    for (const PortFace& port : face.ports)
        if (port.name == name && port.isInput == isInput) return;
    face.ports.push_back({name, isInput, {}});
}

void placePorts(NodeFace& face)
{
    for (const bool isInput : {true, false}) {
        const auto count = std::count_if(face.ports.begin(), face.ports.end(),
                                         [&](const PortFace& port) { return port.isInput == isInput; });
        double index = 0;
        for (PortFace& port : face.ports)
            if (port.isInput == isInput)
                port.at = {isInput ? 0 : kNodeWidth, kNodeHeight * ++index / static_cast<double>(count + 1)};
    }
}

} // namespace

NodeFace nodeFace(const Node& node, const NodeKind* kind, const std::vector<const Edge*>& edges)
{
    NodeFace face;
    face.id = QString::fromStdString(node.id);
    face.summary = summaryOf(node);
    face.disabled = node.disabled;
    if (kind) {
        face.title = QString::fromStdString(kind->title);
        face.icon = QString::fromStdString(kind->icon);
        face.family = QString::fromStdString(kind->family);
        for (const Port& port : kind->ports)
            addPort(face, port.name, port.direction == Port::Direction::In);
    } else {
        face.unknown = true;
        face.title = QObject::tr("unknown kind %1").arg(QString::fromStdString(node.kind));
        face.icon = QStringLiteral("unknown");
        for (const Edge* edge : edges) {
            if (edge->toNode == node.id) addPort(face, edge->toPort, true);
            if (edge->fromNode == node.id) addPort(face, edge->fromPort, false);
        }
    }
    placePorts(face);
    return face;
}

std::unordered_map<std::string, QPointF> nodePlaces(const Pipeline& pipeline)
{
    std::unordered_map<std::string, QPointF> places;
    places.reserve(pipeline.nodes.size());
    if (pipeline.layout.is_object())
        for (const auto& [id, at] : pipeline.layout.items())
            if (at.is_array() && at.size() == 2 && at[0].is_number() && at[1].is_number())
                places[id] = {at[0].get<double>(), at[1].get<double>()};
    const auto hasNoPlace = [&](const Node& node) { return !places.contains(node.id); };
    if (std::any_of(pipeline.nodes.begin(), pipeline.nodes.end(), hasNoPlace))
        for (const auto& [id, at] : placesOf(pipeline, [](const std::string&) {
                 return Extent{kNodeWidth, kNodeHeight};
             }))
            places.try_emplace(id, at.x, at.y);
    for (const Node& node : pipeline.nodes)
        places.try_emplace(node.id, 0, 0);
    return places;
}

void setNodePlaces(Pipeline& pipeline, const std::unordered_map<std::string, QPointF>& places)
{
    if (!pipeline.layout.is_object()) pipeline.layout = Json::object();
    const auto number = [](double value) {
        return value == std::floor(value) ? Json(static_cast<std::int64_t>(value)) : Json(value);
    };
    std::unordered_set<std::string> written;
    for (auto entry = pipeline.layout.begin(); entry != pipeline.layout.end(); ++entry) {
        const auto place = places.find(entry.key());
        if (place == places.end()) continue;
        *entry = Json::array({number(place->second.x()), number(place->second.y())});
        written.insert(entry.key());
    }
    for (const Node& node : pipeline.nodes) {
        const auto place = places.find(node.id);
        if (place != places.end() && written.insert(node.id).second)
            pipeline.layout[node.id] = Json::array({number(place->second.x()), number(place->second.y())});
    }
}

} // namespace streamwright::gui
