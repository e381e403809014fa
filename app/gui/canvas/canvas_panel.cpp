// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/canvas_panel.h"

#include <QVBoxLayout>

#include "app/gui/canvas/canvas_view.h"

namespace streamwright::gui {

CanvasPanel::CanvasPanel(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      workbench_(workbench),
      scene_(new CanvasScene(workbench, this)),
      view_(new CanvasView(*scene_, this))
{
    setObjectName("canvasPanel");
    setFocusProxy(view_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(view_);
    makeViewActions();
    connect(view_, &CanvasView::openWanted, this, &CanvasPanel::open);
    connect(&workbench, &Workbench::revealWanted, this, [this](const QString& id) {
        const NodeItem* item = scene_->node(id.toStdString());
        if (!item) return;
        workbench_.selection.selectNode(item->id());
        view_->show(item->card());
        scene_->flash(item->id());
    });
    connect(&workbench, &Workbench::revealEdgeWanted, this, [this](const QString& key) {
        const EdgeItem* item = scene_->edge(key.toStdString());
        if (!item) return;
        workbench_.selection.selectEdge(item->key());
        view_->show(QRectF(item->from(), item->to()).normalized());
        scene_->flash(item->key());
    });
}

// Where records can be looked at, they are shown; of everything else the properties.
void CanvasPanel::open(const QString& nodeOrEdge)
{
    const std::string id = nodeOrEdge.toStdString();
    if (!scene_->node(id)) {
        emit workbench_.recordsWanted(nodeOrEdge);
        return;
    }
    const NodeKind* kind = scene_->kindOf(id);
    const bool storesObjects =
        kind && std::any_of(kind->ports.begin(), kind->ports.end(), [](const Port& port) {
            return std::find(port.accepts.begin(), port.accepts.end(), "objects") != port.accepts.end();
        });
    if (kind && (kind->keeps || storesObjects))
        emit workbench_.recordsWanted(nodeOrEdge);
    else
        emit workbench_.propertyWanted(nodeOrEdge, {});
}

QAction* CanvasPanel::addViewAction(const QString& text, const QKeySequence& shortcut, const std::function<void()>& act)
{
    auto* action = new QAction(text, this);
    action->setShortcut(shortcut);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, act);
    addAction(action);
    viewActions_.append(action);
    return action;
}

void CanvasPanel::makeViewActions()
{
    addViewAction(tr("Zoom in"), QKeySequence("Ctrl++"), [this] {
        view_->setZoom(view_->zoom() * 1.25);
    })->setShortcuts({QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")});
    addViewAction(tr("Zoom out"), QKeySequence("Ctrl+-"), [this] { view_->setZoom(view_->zoom() / 1.25); });
    addViewAction(tr("Actual size"), QKeySequence("Ctrl+0"), [this] { view_->setZoom(1); });
    addViewAction(tr("Fit selection or everything"), QKeySequence("F"), [this] { view_->fitDrawing(); });
    viewActions_.append(nullptr);
    addViewAction(tr("Right-angled edges"), {}, [] {})->setCheckable(true);
    connect(viewActions_.back(), &QAction::toggled, this,
            [this](bool on) { scene_->setEdgeStyle(on ? EdgeStyle::Orthogonal : EdgeStyle::Curved); });
    addViewAction(tr("Grid"), {}, [] {})->setCheckable(true);
    viewActions_.back()->setChecked(true);
    connect(viewActions_.back(), &QAction::toggled, this, [this](bool on) { view_->setGridVisible(on); });
}

QList<QAction*> CanvasPanel::editActions() const { return {}; }
QList<QAction*> CanvasPanel::arrangeActions() const { return {}; }
QList<QAction*> CanvasPanel::viewActions() const { return viewActions_; }

void CanvasPanel::paintDrawing(QPainter& painter, const QRectF& target)
{
    painter.fillRect(target, colour(Theme::Canvas));
    const QRectF source = scene_->drawingRect().adjusted(-40, -40, 40, 40);
    scene_->freshen(source);
    scene_->render(&painter, target, source);
}

} // namespace streamwright::gui
