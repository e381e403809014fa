// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/inspector/subject.h"

#include <QObject>

#include "app/session/annotations.h"
#include "app/session/live_view.h"
#include "app/session/property_edits.h"
#include "app/session/wiring.h"

namespace streamwright::gui {

namespace {

constexpr char kPipelineFields[] = R"([
    {"name": "Name", "type": "string", "maximum": 200, "help": "What the pipeline is called."},
    {"name": "Description", "type": "string", "editor": "text",
     "help": "What it shows or is for; the gallery and reports show it."},
    {"name": "Run for", "type": "number", "minimum": 0.000001, "unit": "Seconds", "editor": "duration",
     "help": "How long a run lasts when nobody says otherwise: 15m, 24h. Without it a run goes on until it is stopped.", "rule": "A run lasts longer than nothing."},
    {"name": "Seed", "type": "integer", "minimum": 0,
     "help": "The same pipeline with the same seed makes the same records."}])";

constexpr char kCommentFields[] = R"([
    {"name": "Text", "type": "string", "editor": "text", "help": "What the note says."},
    {"name": "Colour", "type": "string", "enum": ["yellow", "blue", "green", "red", "grey"], "default": "yellow", "help": "The note's colour."}])";

constexpr char kGroupFields[] = R"([
    {"name": "Title", "type": "string", "maximum": 200, "help": "What the frame is called."},
    {"name": "Collapsed", "type": "boolean", "default": false, "help": "Folded, the group stands for its nodes."}])";

std::vector<Field> fieldsFrom(const char* description) { return *readFields(*parseJson(description)); }

template <typename Items>
auto* byId(Items& items, const std::string& id)
{
    const auto found = std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.id == id; });
    return found == items.end() ? nullptr : &*found;
}

Json textOrNothing(const char* name, const std::string& text)
{
    return text.empty() ? Json::object() : Json{{name, text}};
}

Json pipelineProperties(const Pipeline& pipeline)
{
    Json out = textOrNothing("Name", pipeline.name);
    out.update(textOrNothing("Description", pipeline.description));
    if (pipeline.runFor) {
        const double seconds = inSeconds(*pipeline.runFor);
        out["Run for"] =
            pipeline.runFor->count() % 1'000'000 == 0 ? Json(pipeline.runFor->count() / 1'000'000) : Json(seconds);
    }
    if (pipeline.seed) out["Seed"] = *pipeline.seed;
    return out;
}

std::string textFrom(const std::optional<Json>& value) { return value ? value->get<std::string>() : std::string(); }

void setPipelineProperty(Pipeline& pipeline, const std::string& pointer, const std::optional<Json>& value)
{
    if (pointer == "/Name") pipeline.name = textFrom(value);
    if (pointer == "/Description") pipeline.description = textFrom(value);
    if (pointer == "/Run for") {
        pipeline.runFor.reset();
        if (value) pipeline.runFor = Duration(static_cast<std::int64_t>(value->get<double>() * 1e6 + 0.5));
    }
    if (pointer == "/Seed") {
        pipeline.seed.reset();
        if (value) pipeline.seed = value->get<std::uint64_t>();
    }
}

Subject ofNodes(const Selected& selected, const Pipeline& pipeline, const Registry& registry)
{
    Subject subject;
    std::map<std::string, int> kinds;
    for (const std::string& id : selected.nodes)
        if (const Node* node = pipeline.node(id)) {
            subject.ids.push_back(id);
            ++kinds[node->kind];
        }
    if (subject.ids.empty()) return {};
    subject.what = Subject::What::Nodes;
    subject.kind = kinds.begin()->first;
    if (kinds.size() == 1) return subject;
    QStringList titles;
    for (const auto& [kind, count] : kinds) {
        const auto* entry = registry.find(kind);
        titles += QString("%1 \u00d7 %2").arg(count).arg(QString::fromStdString(entry ? entry->kind.title : kind));
    }
    subject.what = Subject::What::Several;
    subject.kind.clear();
    subject.explanation =
        QObject::tr("%1 nodes of different kinds:\n%2\n\nSelect nodes of one kind to edit their properties "
                    "together.")
            .arg(subject.ids.size())
            .arg(titles.join("\n"));
    return subject;
}

Subject ofEdges(const Selected& selected, const Pipeline& pipeline)
{
    Subject subject;
    bool same = true;
    for (const std::string& key : selected.edges) {
        const Edge* edge = findEdge(pipeline, key);
        if (!edge) continue;
        const Node* from = pipeline.node(edge->fromNode);
        const std::string kind = from ? from->kind : "";
        if (subject.ids.empty()) {
            subject.kind = kind;
            subject.port = edge->fromPort;
        }
        same = same && subject.kind == kind && subject.port == edge->fromPort;
        subject.ids.push_back(key);
    }
    if (subject.ids.empty()) return {};
    subject.what = same ? Subject::What::Edges : Subject::What::Several;
    if (!same)
        subject.explanation = QObject::tr("%1 edges from different ports. Select one of them to edit its properties.")
                                  .arg(subject.ids.size());
    return subject;
}

} // namespace

Subject subjectOf(const Selected& selected, const DocumentModel& document)
{
    const Pipeline& pipeline = document.pipeline();
    if (Subject nodes = ofNodes(selected, pipeline, document.registry()); !nodes.ids.empty()) return nodes;
    if (Subject edges = ofEdges(selected, pipeline); !edges.ids.empty()) return edges;
    Subject subject;
    if (selected.groups.size() == 1 && byId(pipeline.groups, *selected.groups.begin())) {
        subject.what = Subject::What::Group;
        subject.ids = {*selected.groups.begin()};
    } else if (selected.comments.size() == 1 && byId(pipeline.comments, *selected.comments.begin())) {
        subject.what = Subject::What::Comment;
        subject.ids = {*selected.comments.begin()};
    }
    return subject;
}

Field formOf(const Subject& subject, const Registry& registry)
{
    Field form;
    form.type = Field::Type::Object;
    const auto* entry = registry.find(subject.kind);
    switch (subject.what) {
    case Subject::What::Nodes:
        if (entry) form.fields = entry->kind.fields;
        break;
    case Subject::What::Edges:
        if (const Port* port = entry ? entry->kind.port(subject.port) : nullptr) form.fields = port->fields;
        break;
    case Subject::What::Comment:
        form.fields = fieldsFrom(kCommentFields);
        break;
    case Subject::What::Group:
        form.fields = fieldsFrom(kGroupFields);
        break;
    case Subject::What::Pipeline:
        form.fields = fieldsFrom(kPipelineFields);
        break;
    case Subject::What::Several:
        break;
    }
    return form;
}

std::vector<Json> propertiesOf(const Subject& subject, const Pipeline& pipeline)
{
    if (subject.what == Subject::What::Pipeline) return {pipelineProperties(pipeline)};
    std::vector<Json> out;
    for (const std::string& id : subject.ids) {
        if (subject.what == Subject::What::Nodes) {
            const Node* node = pipeline.node(id);
            out.push_back(node ? node->properties : Json::object());
        } else if (subject.what == Subject::What::Edges) {
            const Edge* edge = findEdge(pipeline, id);
            out.push_back(edge ? edge->properties : Json::object());
        } else if (subject.what == Subject::What::Comment) {
            const Comment* comment = byId(pipeline.comments, id);
            out.push_back(comment ? textOrNothing("Text", comment->text) : Json::object());
            if (comment && !comment->colour.empty()) out.back()["Colour"] = comment->colour;
        } else if (subject.what == Subject::What::Group) {
            const Group* group = byId(pipeline.groups, id);
            out.push_back(group ? textOrNothing("Title", group->title) : Json::object());
            if (group && group->collapsed) out.back()["Collapsed"] = true;
        }
    }
    return out;
}

void setProperty(const Subject& subject, const Field& form, Pipeline& pipeline, const std::string& pointer,
                 const std::optional<Json>& value)
{
    if (subject.what == Subject::What::Pipeline) setPipelineProperty(pipeline, pointer, value);
    for (const std::string& id : subject.ids) {
        if (subject.what == Subject::What::Nodes) {
            if (Node* node = byId(pipeline.nodes, id))
                node->properties = withProperty(form.fields, node->properties, pointer, value);
        } else if (subject.what == Subject::What::Edges) {
            for (Edge& edge : pipeline.edges)
                if (edgeKey(edge.fromNode, edge.fromPort, edge.toNode, edge.toPort) == id)
                    edge.properties = withProperty(form.fields, edge.properties, pointer, value);
        } else if (Comment* comment = byId(pipeline.comments, id); comment && subject.what == Subject::What::Comment) {
            if (pointer == "/Text") comment->text = textFrom(value);
            if (pointer == "/Colour") comment->colour = value ? textFrom(value) : "yellow";
        } else if (Group* group = byId(pipeline.groups, id); group && subject.what == Subject::What::Group) {
            if (pointer == "/Title") group->title = textFrom(value);
            if (pointer == "/Collapsed") group->collapsed = value && value->get<bool>();
        }
    }
}

std::vector<Problem> problemsOf(const Subject& subject, const DocumentModel& document)
{
    std::vector<Problem> out;
    for (const std::string& id : subject.ids) {
        std::string prefix;
        if (subject.what == Subject::What::Nodes) {
            if (const Node* node = document.pipeline().node(id)) prefix = "/nodes/" + std::to_string(node->position);
        } else if (subject.what == Subject::What::Edges) {
            if (const Edge* edge = findEdge(document.pipeline(), id))
                prefix = "/edges/" + std::to_string(edge->position);
        }
        if (prefix.empty()) continue;
        prefix += "/properties";
        for (const Problem& problem : document.problems()) {
            const bool inside = problem.place.starts_with(prefix) &&
                                (problem.place.size() == prefix.size() || problem.place[prefix.size()] == '/');
            if (inside) out.push_back({problem.code, problem.message, problem.place.substr(prefix.size())});
        }
    }
    return out;
}

} // namespace streamwright::gui
