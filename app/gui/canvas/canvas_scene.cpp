// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/canvas_scene.h"

#include <charconv>
#include <cmath>

#include "app/gui/canvas/figure_text.h"
#include "app/gui/canvas/node_faces.h"

namespace streamwright::gui {

namespace {

// "/nodes/3/properties/Name" with "/nodes/" gives 3.
std::optional<std::size_t> indexOf(const std::string& place, std::string_view list)
{
    if (!place.starts_with(list)) return {};
    std::size_t index = 0;
    const char* begin = place.data() + list.size();
    if (std::from_chars(begin, place.data() + place.size(), index).ptr == begin) return {};
    return index;
}

void appendLine(QString& text, const std::string& line)
{
    text += (text.isEmpty() ? "" : "\n") + QString::fromStdString(line);
}

std::set<std::string>* setOf(Selected& selected, int type)
{
    switch (type) {
    case kNodeItem:
        return &selected.nodes;
    case kEdgeItem:
        return &selected.edges;
    case kCommentItem:
        return &selected.comments;
    case kGroupItem:
        return &selected.groups;
    default:
        return nullptr;
    }
}

} // namespace

CanvasScene::CanvasScene(Workbench& workbench, QObject* parent) : QGraphicsScene(parent), workbench_(workbench)
{
    flashTimer_.setInterval(40);
    connect(&flashTimer_, &QTimer::timeout, this, &CanvasScene::fade);
    connect(&workbench.document, &DocumentModel::changed, this, &CanvasScene::sync);
    connect(&workbench.selection, &Selection::changed, this, &CanvasScene::takeSelection);
    connect(this, &QGraphicsScene::selectionChanged, this, &CanvasScene::giveSelection);
    connect(&workbench.run, &RunBridge::liveChanged, this, &CanvasScene::liveShown);
    connect(&Theme::instance(), &Theme::changed, this, [this] { update(); });
    sync();
}

CanvasScene::~CanvasScene() { disconnect(this, nullptr, this, nullptr); }

NodeItem* CanvasScene::node(const std::string& id) const
{
    const auto found = nodes_.find(id);
    return found == nodes_.end() ? nullptr : found->second;
}

EdgeItem* CanvasScene::edge(const std::string& key) const
{
    const auto found = edges_.find(key);
    return found == edges_.end() ? nullptr : found->second;
}

const std::vector<EdgeItem*>& CanvasScene::edgesOf(const std::string& node) const
{
    static const std::vector<EdgeItem*> none;
    const auto found = edgesOf_.find(node);
    return found == edgesOf_.end() ? none : found->second;
}

const NodeKind* CanvasScene::kindOf(const std::string& node) const
{
    const auto found = shown_.find(node);
    const Registry::Entry* entry =
        found == shown_.end() ? nullptr : workbench_.document.registry().find(found->second.kind);
    return entry ? &entry->kind : nullptr;
}

NodeItem* CanvasScene::nodeAt(QPointF position) const
{
    for (QGraphicsItem* item : items(position, Qt::IntersectsItemShape, Qt::DescendingOrder))
        if (item->type() == kNodeItem) return static_cast<NodeItem*>(item);
    return nullptr;
}

EdgeItem* CanvasScene::edgeAt(QPointF position) const
{
    for (QGraphicsItem* item : items(position, Qt::IntersectsItemShape, Qt::DescendingOrder))
        if (item->type() == kEdgeItem) return static_cast<EdgeItem*>(item);
    return nullptr;
}

std::pair<NodeItem*, const PortFace*> CanvasScene::portAt(QPointF position) const
{
    constexpr double kReach = 10;
    const QRectF around(position - QPointF(kReach, kReach), QSizeF(2 * kReach, 2 * kReach));
    for (QGraphicsItem* item : items(around, Qt::IntersectsItemBoundingRect, Qt::DescendingOrder))
        if (item->type() == kNodeItem)
            if (const PortFace* port = static_cast<NodeItem*>(item)->portAt(position, kReach))
                return {static_cast<NodeItem*>(item), port};
    return {nullptr, nullptr};
}

QColor CanvasScene::flatColour(const NodeItem& node) const
{
    const NodeLive* live = stateOf(node.id());
    NodeFaceLive shown;
    shown.shown = live != nullptr;
    if (live) shown.state = live->state;
    return nodeFlatColour(node.face(), shown);
}

QColor CanvasScene::flatColour(const EdgeItem& edge) const
{
    if (edge.isSelected()) return colour(Theme::Accent);
    if (!edge.trouble().isEmpty()) return colour(Theme::Failing);
    const auto& edges = workbench_.run.live().edges;
    const auto live = edges.empty() || !workbench_.run.hasRun() ? edges.end() : edges.find(edge.key());
    if (live == edges.end() || (live->second.recordsPerSecond <= 0 && live->second.backlog == 0))
        return colour(Theme::Edge);
    return fillColour(live->second.fill);
}

QRectF CanvasScene::frameOf(const std::string& node) const
{
    const auto found = frames_.find(node);
    return found == frames_.end() ? QRectF() : found->second;
}

const NodeLive* CanvasScene::stateOf(const std::string& node) const
{
    if (!workbench_.run.hasRun()) return nullptr;
    const auto& nodes = workbench_.run.live().nodes;
    const auto found = nodes.find(node);
    return found == nodes.end() ? nullptr : &found->second;
}

QRectF CanvasScene::drawingRect() const
{
    QRectF rect;
    for (const auto& [id, item] : nodes_)
        if (item->isVisible()) rect |= item->card();
    const Pipeline& pipeline = workbench_.document.pipeline();
    if (pipeline.comments.empty() && pipeline.groups.empty()) return rect;
    for (QGraphicsItem* item : items())
        if (item->type() != kNodeItem && item->type() != kEdgeItem && item->isVisible())
            rect |= item->sceneBoundingRect();
    return rect;
}

QRectF CanvasScene::selectionRect() const
{
    QRectF rect;
    for (QGraphicsItem* item : selectedItems())
        rect |= item->type() == kNodeItem ? static_cast<NodeItem*>(item)->card() : item->sceneBoundingRect();
    return rect;
}

std::string CanvasScene::currentNode() const
{
    const Selected& selected = workbench_.selection.get();
    return selected.nodes.size() == 1 ? *selected.nodes.begin() : "";
}

void CanvasScene::sync()
{
    std::unordered_map<std::string, std::vector<const Edge*>> edges; // of unknown kinds: their ports come from them
    for (const Edge& edge : workbench_.document.pipeline().edges) {
        edges[edge.fromNode].push_back(&edge);
        edges[edge.toNode].push_back(&edge);
    }
    syncNodes(edges);
    syncEdges();
    syncProblems();
    dropLostSelection();
    takeSelection();
    emit synced();
}

template <typename Items>
void CanvasScene::removeAllBut(Items& items, const std::unordered_set<std::string>& kept)
{
    selecting_ = true; // a deleted item leaves the document's selection by takeSelection only
    std::erase_if(items, [&](const auto& entry) {
        if (kept.contains(entry.first)) return false;
        delete entry.second;
        return true;
    });
    selecting_ = false;
}

void CanvasScene::syncNodes(const std::unordered_map<std::string, std::vector<const Edge*>>& edges)
{
    const Pipeline& pipeline = workbench_.document.pipeline();
    const auto places = nodePlaces(pipeline);
    std::unordered_set<std::string> kept;
    for (const Node& node : pipeline.nodes) {
        if (!kept.insert(node.id).second) continue;
        const Registry::Entry* entry = workbench_.document.registry().find(node.kind);
        auto [slot, isNew] = nodes_.try_emplace(node.id, nullptr);
        if (isNew) slot->second = new NodeItem(node.id);
        NodeItem& item = *slot->second;
        Node& shown = shown_[node.id];
        if (isNew || !entry || shown != node) {
            const auto its = edges.find(node.id);
            NodeFace face = nodeFace(node, entry ? &entry->kind : nullptr,
                                     its == edges.end() ? std::vector<const Edge*>() : its->second);
            face.problems = item.face().problems;
            face.trouble = item.face().trouble;
            item.setFace(std::move(face));
            shown = node;
        }
        const QPointF place = places.at(node.id);
        if (isNew)
            item.setPos(place);
        else if (item.pos() != place)
            moveNode(node.id, place);
        if (isNew) addItem(&item);
    }
    for (auto& [id, item] : nodes_)
        if (!kept.contains(id)) shown_.erase(id);
    removeAllBut(nodes_, kept);
}

void CanvasScene::syncEdges()
{
    std::unordered_set<std::string> kept;
    edgesOf_.clear();
    for (const Edge& edge : workbench_.document.pipeline().edges) {
        const NodeItem* from = node(edge.fromNode);
        const NodeItem* to = node(edge.toNode);
        if (!from || !to) continue;
        const std::string key = edgeKey(edge.fromNode, edge.fromPort, edge.toNode, edge.toPort);
        if (!kept.insert(key).second) continue;
        auto [slot, isNew] = edges_.try_emplace(key, nullptr);
        if (isNew) slot->second = new EdgeItem(key, edge);
        EdgeItem* item = slot->second;
        item->setDisabled(from->face().disabled || to->face().disabled);
        if (isNew || !item->endsAt(from->portPosition(edge.fromPort, false), to->portPosition(edge.toPort, true)))
            route(*item);
        if (isNew) addItem(item);
        edgesOf_[edge.fromNode].push_back(item);
        if (edge.toNode != edge.fromNode) edgesOf_[edge.toNode].push_back(item);
    }
    removeAllBut(edges_, kept);
}

void CanvasScene::syncProblems()
{
    std::unordered_map<std::size_t, std::pair<int, QString>> ofNodes;
    std::unordered_map<std::size_t, QString> ofEdges;
    for (const Problem& problem : workbench_.document.problems()) {
        if (const auto node = indexOf(problem.place, "/nodes/")) {
            ++ofNodes[*node].first;
            appendLine(ofNodes[*node].second, problem.message);
        } else if (const auto edge = indexOf(problem.place, "/edges/")) {
            appendLine(ofEdges[*edge], problem.message);
        }
    }
    const Pipeline& pipeline = workbench_.document.pipeline();
    for (const Node& node : pipeline.nodes) {
        const auto found = ofNodes.find(node.position);
        NodeItem& item = *nodes_.at(node.id);
        const int count = found == ofNodes.end() ? 0 : found->second.first;
        if (count == 0 && item.face().problems == 0) continue;
        NodeFace face = item.face();
        face.problems = count;
        face.trouble = count == 0 ? QString() : found->second.second;
        item.setFace(std::move(face));
    }
    for (const Edge& edge : pipeline.edges) {
        const auto found = ofEdges.find(edge.position);
        if (EdgeItem* item = this->edge(edgeKey(edge.fromNode, edge.fromPort, edge.toNode, edge.toPort)))
            item->setTrouble(found == ofEdges.end() ? QString() : found->second);
    }
}

// What was selected and is no more.
void CanvasScene::dropLostSelection()
{
    Selected selected = workbench_.selection.get();
    const Pipeline& pipeline = workbench_.document.pipeline();
    std::erase_if(selected.nodes, [&](const std::string& id) { return !node(id); });
    std::erase_if(selected.edges, [&](const std::string& key) { return !edge(key); });
    const auto isGone = [](const auto& list) {
        return [&list](const std::string& id) {
            return std::none_of(list.begin(), list.end(), [&](const auto& entry) { return entry.id == id; });
        };
    };
    std::erase_if(selected.comments, isGone(pipeline.comments));
    std::erase_if(selected.groups, isGone(pipeline.groups));
    workbench_.selection.set(std::move(selected));
}

void CanvasScene::takeSelection()
{
    if (selecting_) return;
    selecting_ = true;
    Selected selected = workbench_.selection.get();
    for (QGraphicsItem* item : selectedItems()) {
        const std::set<std::string>* wanted = setOf(selected, item->type());
        if (wanted && !wanted->contains(itemId(*item))) item->setSelected(false);
    }
    for (const std::string& id : selected.nodes)
        if (NodeItem* item = node(id)) item->setSelected(true);
    for (const std::string& key : selected.edges)
        if (EdgeItem* item = edge(key)) item->setSelected(true);
    if (!selected.comments.empty() || !selected.groups.empty())
        for (QGraphicsItem* item : items())
            if (item->type() == kCommentItem || item->type() == kGroupItem)
                item->setSelected(setOf(selected, item->type())->contains(itemId(*item)));
    selecting_ = false;
}

void CanvasScene::giveSelection()
{
    if (selecting_) return;
    selecting_ = true;
    Selected selected;
    for (const QGraphicsItem* item : selectedItems())
        if (std::set<std::string>* ids = setOf(selected, item->type())) ids->insert(itemId(*item));
    workbench_.selection.set(std::move(selected));
    selecting_ = false;
}

void CanvasScene::selectOnly(const QGraphicsItem& item)
{
    Selected selected;
    if (std::set<std::string>* ids = setOf(selected, item.type())) ids->insert(itemId(item));
    workbench_.selection.set(std::move(selected));
}

void CanvasScene::moveNode(const std::string& id, QPointF position)
{
    NodeItem* item = node(id);
    if (!item || item->pos() == position) return;
    item->setPos(position);
    for (EdgeItem* edge : edgesOf(id))
        route(*edge);
    emit nodesMoved();
}

void CanvasScene::setEdgeStyle(EdgeStyle style)
{
    style_ = style;
    for (const auto& [key, edge] : edges_)
        route(*edge);
}

void CanvasScene::route(EdgeItem& edge)
{
    const NodeItem* from = node(edge.fromNode());
    const NodeItem* to = node(edge.toNode());
    if (!from || !to) return;
    const auto fromFrame = frames_.find(edge.fromNode()), toFrame = frames_.find(edge.toNode());
    const auto middleOf = [](const QRectF& frame, double x) { return QPointF(x, frame.center().y()); };
    const bool inside = fromFrame != frames_.end() && toFrame != frames_.end() && fromFrame->second == toFrame->second;
    edge.setVisible(!inside);
    edge.route(fromFrame == frames_.end() ? from->portPosition(edge.fromPort(), false)
                                          : middleOf(fromFrame->second, fromFrame->second.right()),
               toFrame == frames_.end() ? to->portPosition(edge.toPort(), true)
                                        : middleOf(toFrame->second, toFrame->second.left()),
               style_);
}

void CanvasScene::foldNodes(std::unordered_map<std::string, QRectF> frames)
{
    std::unordered_set<EdgeItem*> touched;
    for (const auto* folded : {&frames_, &frames})
        for (const auto& [id, frame] : *folded)
            touched.insert(edgesOf(id).begin(), edgesOf(id).end());
    for (const auto& [id, frame] : frames_)
        if (NodeItem* item = node(id)) item->setVisible(true);
    frames_ = std::move(frames);
    for (const auto& [id, frame] : frames_)
        if (NodeItem* item = node(id)) item->setVisible(false);
    for (EdgeItem* edge : touched)
        route(*edge);
}

void CanvasScene::flash(const std::string& nodeOrEdge)
{
    flashLeft_ = 0;
    fade();
    flashed_ = nodeOrEdge;
    flashLeft_ = 1;
    flashTimer_.start();
    fade();
}

void CanvasScene::fade()
{
    flashLeft_ = std::max(0.0, flashLeft_ - 0.03);
    if (NodeItem* item = node(flashed_)) {
        item->look().flash = flashLeft_;
        item->update();
    }
    if (EdgeItem* item = edge(flashed_)) item->setFlash(flashLeft_);
    if (flashLeft_ <= 0) flashTimer_.stop();
}

void CanvasScene::freshen(const QRectF& visible)
{
    for (QGraphicsItem* item : items(visible, Qt::IntersectsItemBoundingRect)) {
        if (item->type() == kNodeItem)
            static_cast<NodeItem*>(item)->setLive(liveOf(*static_cast<NodeItem*>(item)));
        else if (item->type() == kEdgeItem)
            static_cast<EdgeItem*>(item)->setLive(liveOf(*static_cast<EdgeItem*>(item)));
    }
}

NodeFaceLive CanvasScene::liveOf(const NodeItem& node) const
{
    const NodeLive* live = stateOf(node.id());
    if (!live) return {};
    return {true, live->state, shortNumber(live->rate) + " " + QString::fromStdString(live->rateUnit), live->trend};
}

EdgeFaceLive CanvasScene::liveOf(const EdgeItem& edge) const
{
    if (!workbench_.run.hasRun()) return {};
    const auto& edges = workbench_.run.live().edges;
    const auto found = edges.find(edge.key());
    if (found == edges.end()) return {};
    const EdgeLive& live = found->second;
    EdgeFaceLive face{true,
                      live.recordsPerSecond > 0 || live.backlog > 0,
                      static_cast<int>(std::lround(std::clamp(live.fill, 0.0, 1.0) * 100)),
                      {}};
    if (live.recordsPerSecond > 0) face.label = shortNumber(live.recordsPerSecond) + "/s";
    if (live.age >= milliseconds(100)) face.label += (face.label.isEmpty() ? "" : " · ") + shortAge(live.age) + " old";
    return face;
}

} // namespace streamwright::gui
