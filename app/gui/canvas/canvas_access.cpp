// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/canvas_access.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include "app/gui/canvas/canvas_tips.h"

namespace streamwright::gui {

namespace {

std::string keyOfChild(CanvasScene& scene, int index)
{
    const Pipeline& pipeline = scene.workbench().document.pipeline();
    const std::size_t at = static_cast<std::size_t>(index), nodes = pipeline.nodes.size();
    if (index < 0 || at >= nodes + pipeline.edges.size()) return {};
    return at < nodes ? pipeline.nodes[at].id : keyOf(pipeline.edges[at - nodes]);
}

QGraphicsItem* itemOf(CanvasScene& scene, const std::string& key)
{
    if (NodeItem* node = scene.node(key)) return node;
    return scene.edge(key);
}

class PartAccess : public QAccessibleInterface {
public:
    PartAccess(CanvasView& view, std::string key) : view_(view), key_(std::move(key)) { }

    bool isValid() const override { return itemOf(view_.canvas(), key_) != nullptr; }
    QObject* object() const override { return nullptr; }
    QWindow* window() const override { return view_.window()->windowHandle(); }
    QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(&view_); }
    QAccessibleInterface* child(int) const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    void setText(QAccessible::Text, const QString&) override { }
    QAccessible::Role role() const override { return QAccessible::ListItem; }

    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Name ? spokenName(view_.canvas(), key_) : QString();
    }

    QRect rect() const override
    {
        const QGraphicsItem* item = itemOf(view_.canvas(), key_);
        if (!item) return {};
        const QRect inView = view_.mapFromScene(item->sceneBoundingRect()).boundingRect();
        return {view_.viewport()->mapToGlobal(inView.topLeft()), inView.size()};
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        const QGraphicsItem* item = itemOf(view_.canvas(), key_);
        state.selectable = state.focusable = state.multiSelectable = true;
        state.selected = item && item->isSelected();
        state.focused = view_.hasFocus() && view_.canvas().currentNode() == key_;
        state.offscreen = !item || !view_.visibleRect().intersects(item->sceneBoundingRect());
        state.invalid = !item;
        return state;
    }

    const std::string& key() const { return key_; }

private:
    CanvasView& view_;
    const std::string key_;
};

class CanvasAccess : public QAccessibleWidget {
public:
    explicit CanvasAccess(CanvasView* view) : QAccessibleWidget(view, QAccessible::Canvas), view_(*view) { }
    ~CanvasAccess() override
    {
        for (const auto& [key, id] : parts_)
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override
    {
        const Pipeline& pipeline = view_.canvas().workbench().document.pipeline();
        return static_cast<int>(pipeline.nodes.size() + pipeline.edges.size());
    }

    QAccessibleInterface* child(int index) const override
    {
        const std::string key = keyOfChild(view_.canvas(), index);
        if (key.empty()) return nullptr;
        auto [found, isNew] = parts_.try_emplace(key, 0);
        if (isNew) found->second = QAccessible::registerAccessibleInterface(new PartAccess(view_, key));
        return QAccessible::accessibleInterface(found->second);
    }

    QAccessibleInterface* childAt(int x, int y) const override
    {
        const QPointF at = view_.mapToScene(view_.viewport()->mapFromGlobal(QPoint(x, y)));
        if (const NodeItem* node = view_.canvas().nodeAt(at)) return child(spokenIndex(view_.canvas(), node->id()));
        if (const EdgeItem* edge = view_.canvas().edgeAt(at)) return child(spokenIndex(view_.canvas(), edge->key()));
        return nullptr;
    }

    QAccessibleInterface* focusChild() const override
    {
        const std::string current = view_.canvas().currentNode();
        return current.empty() ? nullptr : child(spokenIndex(view_.canvas(), current));
    }

    int indexOfChild(const QAccessibleInterface* child) const override
    {
        const auto* part = dynamic_cast<const PartAccess*>(child);
        return part ? spokenIndex(view_.canvas(), part->key()) : -1;
    }

private:
    CanvasView& view_;
    mutable std::unordered_map<std::string, QAccessible::Id> parts_;
};

QAccessibleInterface* make(const QString& className, QObject* object)
{
    if (className != QLatin1String("streamwright::gui::CanvasView")) return nullptr;
    return new CanvasAccess(static_cast<CanvasView*>(object));
}

} // namespace

void installCanvasAccess()
{
    QAccessible::removeFactory(make);
    QAccessible::installFactory(make);
}

QString spokenName(CanvasScene& scene, const std::string& key)
{
    if (const NodeItem* node = scene.node(key)) {
        const NodeFace& face = node->face();
        QString name = face.id + ", " + face.title;
        const NodeFaceLive live = scene.liveOf(*node);
        if (face.disabled)
            name += ", " + QObject::tr("disabled");
        else if (live.shown)
            name += ", " + stateWord(live.state) + ", " + live.rate;
        if (face.problems > 0) name += ", " + QObject::tr("%n problem(s)", nullptr, face.problems);
        return name;
    }
    const EdgeItem* edge = scene.edge(key);
    if (!edge) return {};
    QString name = QObject::tr("edge from %1 to %2")
                       .arg(QString::fromStdString(edge->fromNode()), QString::fromStdString(edge->toNode()));
    if (!edge->live().label.isEmpty()) name += ", " + edge->live().label;
    return name;
}

int spokenIndex(CanvasScene& scene, const std::string& key)
{
    const Pipeline& pipeline = scene.workbench().document.pipeline();
    for (std::size_t i = 0; i < pipeline.nodes.size(); ++i)
        if (pipeline.nodes[i].id == key) return static_cast<int>(i);
    for (std::size_t i = 0; i < pipeline.edges.size(); ++i)
        if (keyOf(pipeline.edges[i]) == key) return static_cast<int>(pipeline.nodes.size() + i);
    return -1;
}

} // namespace streamwright::gui
