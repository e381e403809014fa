// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/canvas_panel.h"

#include <QVBoxLayout>

#include "app/gui/canvas/annotation_layer.h"
#include "app/gui/canvas/canvas_access.h"
#include "app/gui/canvas/canvas_actions.h"
#include "app/gui/canvas/canvas_bar.h"
#include "app/gui/canvas/canvas_view.h"
#include "app/gui/canvas/find_bar.h"
#include "app/gui/canvas/minimap.h"
#include "app/gui/canvas/node_adder.h"
#include "app/gui/canvas/quick_add.h"
#include "app/gui/canvas/search_popup.h"
#include "app/gui/theme/action_icon.h"

namespace streamwright::gui {

CanvasPanel::CanvasPanel(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      workbench_(workbench),
      scene_(new CanvasScene(workbench, this)),
      view_(new CanvasView(*scene_, this)),
      popup_(new SearchPopup("quickAdd", view_)),
      minimap_(new Minimap(*view_, view_)),
      connectAction_(new QAction(tr("Connect to…"), this)),
      addAction_(new QAction(tr("Add a node…"), this))
{
    installCanvasAccess();
    setObjectName("canvasPanel");
    setFocusProxy(view_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(view_);
    const auto nodeRect = [this](const std::string& id) {
        const NodeItem* item = scene_->node(id);
        return item ? item->card() : QRectF();
    };
    actions_ = new CanvasActions(workbench, view_, nodeRect, this);
    annotations_ = new AnnotationLayer(workbench, *scene_, nodeRect, this);
    find_ = new FindBar(workbench, this);
    for (QAction* action : actions_->editActions() + actions_->arrangeActions())
        if (action) addAction(action);
    makeViewActions();
    makeBar();
    connectWishes();
    connectPopups();
}

void CanvasPanel::connectWishes()
{
    connect(&workbench_, &Workbench::addNodeWanted, this, [this](const QString& kind) {
        const std::string id = addNodeNear(workbench_, kind.toStdString(), view_->visibleRect().center());
        if (const NodeItem* item = scene_->node(id)) view_->reveal(item->card());
    });
    connect(&workbench_, &Workbench::revealWanted, this, [this](const QString& id) {
        const NodeItem* item = scene_->node(id.toStdString());
        if (!item) return;
        workbench_.selection.selectNode(item->id());
        view_->reveal(item->card());
        scene_->flash(item->id());
    });
    connect(&workbench_, &Workbench::revealEdgeWanted, this, [this](const QString& key) {
        const EdgeItem* item = scene_->edge(key.toStdString());
        if (!item) return;
        workbench_.selection.selectEdge(item->key());
        view_->reveal(QRectF(item->from(), item->to()).normalized());
        scene_->flash(item->key());
    });
    connect(view_, &CanvasView::openWanted, this, &CanvasPanel::open);
    connect(view_, &CanvasView::menuWanted, this, &CanvasPanel::showMenu);
    connect(annotations_, &AnnotationLayer::hiddenChanged, this, [this] {
        std::unordered_map<std::string, QRectF> frames;
        for (const auto& [id, item] : scene_->nodes())
            if (annotations_->isHidden(id)) frames[id] = annotations_->boxOf(id);
        scene_->foldNodes(std::move(frames));
    });
    connect(scene_, &CanvasScene::synced, annotations_, &AnnotationLayer::sync);
    connect(actions_, &CanvasActions::findWanted, find_, &FindBar::open);
    connect(find_, &FindBar::closed, this, [this] { view_->setFocus(); });
}

void CanvasPanel::connectPopups()
{
    connect(view_, &CanvasView::quickAddWanted, this, [this](QPointF at) {
        popup_->open(view_->mapFromScene(at), tr("Add a node: type a part of its name"), kindEntries(*scene_, at),
                     tr("There are no kinds"));
    });
    connect(view_, &CanvasView::wireDropped, this, [this](const HeldWire& held, QPointF at) {
        popup_->open(view_->mapFromScene(at), tr("Add a node at the end of the wire"),
                     fittingKindEntries(workbench_, held, at), tr("No kind of node fits this port"));
    });
    connectAction_->setObjectName("connectTo");
    setActionIcon(*connectAction_, "link");
    connectAction_->setShortcut(QKeySequence("C"));
    connectAction_->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connectAction_->setEnabled(false);
    addAction(connectAction_);
    connect(connectAction_, &QAction::triggered, this, &CanvasPanel::connectTo);
    connect(&workbench_.selection, &Selection::changed, this, [this] {
        const Selected& selected = workbench_.selection.get();
        connectAction_->setEnabled(selected.nodes.size() + selected.edges.size() == 1);
    });
}

void CanvasPanel::connectTo()
{
    const Selected& selected = workbench_.selection.get();
    const std::string node = scene_->currentNode();
    if (const NodeItem* item = scene_->node(node)) {
        popup_->open(view_->mapFromScene(item->card().bottomLeft() + QPointF(0, 8)), tr("Connect to"),
                     connectionEntries(*scene_, node), tr("Nothing in the drawing fits this node"));
    } else if (selected.edges.size() == 1) {
        const EdgeItem* edge = scene_->edge(*selected.edges.begin());
        popup_->open(view_->mapFromScene(edge->middle()), tr("Give the edge another end"),
                     reconnectionEntries(*scene_, edge->key()), tr("No other port fits this edge"));
    }
}

void CanvasPanel::showMenu(QGraphicsItem* item, QPoint global)
{
    CanvasTarget target;
    if (item && item->type() == kNodeItem) target.node = itemId(*item);
    if (item && item->type() == kEdgeItem) target.edge = itemId(*item);
    if (item && item->type() == kCommentItem) target.comment = itemId(*item);
    if (item && item->type() == kGroupItem) target.group = itemId(*item);
    QMenu* menu = actions_->contextMenu(target);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (connectAction_->isEnabled() && !menu->actions().isEmpty())
        menu->insertAction(menu->actions().front(), connectAction_);
    menu->popup(global);
}

void CanvasPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    minimap_->placeInCorner();
    bar_->placeInCorner();
    find_->move(width() - find_->width() - 12, 12);
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

QAction* CanvasPanel::addViewAction(const char* icon, const QString& text, const QKeySequence& shortcut,
                                    const std::function<void()>& act)
{
    auto* action = new QAction(text, this);
    setActionIcon(*action, icon);
    action->setShortcut(shortcut);
    if (!shortcut.isEmpty())
        action->setToolTip(QString("%1 (%2)").arg(text, shortcut.toString(QKeySequence::NativeText)));
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, act);
    addAction(action);
    viewActions_.append(action);
    return action;
}

void CanvasPanel::makeViewActions()
{
    addViewAction("zoom-in", tr("Zoom in"), QKeySequence("Ctrl++"), [this] {
        view_->setZoom(view_->zoom() * 1.25);
    })->setShortcuts({QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")});
    addViewAction("zoom-out", tr("Zoom out"), QKeySequence("Ctrl+-"), [this] { view_->setZoom(view_->zoom() / 1.25); });
    addViewAction("actual-size", tr("Actual size"), QKeySequence("Ctrl+0"), [this] { view_->setZoom(1); });
    addViewAction("fit", tr("Fit selection or everything"), QKeySequence("F"), [this] { view_->fitDrawing(); });
    viewActions_.append(nullptr);
    addViewAction("right-angled", tr("Right-angled edges"), {}, [] {})->setCheckable(true);
    connect(viewActions_.back(), &QAction::toggled, this,
            [this](bool on) { scene_->setEdgeStyle(on ? EdgeStyle::Orthogonal : EdgeStyle::Curved); });
    addViewAction("minimap", tr("Minimap"), QKeySequence("M"), [] {})->setCheckable(true);
    viewActions_.back()->setChecked(true);
    connect(viewActions_.back(), &QAction::toggled, minimap_, &Minimap::setVisible);
    addViewAction("grid", tr("Grid"), {}, [] {})->setCheckable(true);
    viewActions_.back()->setChecked(true);
    connect(viewActions_.back(), &QAction::toggled, this, [this](bool on) { view_->setGridVisible(on); });
}

void CanvasPanel::makeBar()
{
    addAction_->setObjectName("addNode");
    addAction_->setToolTip(tr("Add a node (Tab, or a double-click on the canvas)"));
    setActionIcon(*addAction_, "plus");
    connect(addAction_, &QAction::triggered, this,
            [this] { emit view_->quickAddWanted(view_->visibleRect().center()); });
    addAction(addAction_);
    QList<QAction*> layout;
    for (QAction* action : actions_->arrangeActions())
        if (action && action->objectName() == "layout") layout.append(action);
    bar_ =
        new CanvasBar(QList<QAction*>{addAction_} + layout + QList<QAction*>{nullptr} + viewActions_.mid(0, 4), view_);
}

QList<QAction*> CanvasPanel::editActions() const
{
    QList<QAction*> all = actions_->editActions();
    all << nullptr << addAction_ << connectAction_;
    return all;
}

QList<QAction*> CanvasPanel::arrangeActions() const { return actions_->arrangeActions(); }
QList<QAction*> CanvasPanel::viewActions() const { return viewActions_; }

void CanvasPanel::paintDrawing(QPainter& painter, const QRectF& target)
{
    painter.fillRect(target, colour(Theme::Canvas));
    QRectF source = scene_->drawingRect().adjusted(-24, -24, 24, 24);
    // Of the target's shape, so that the drawing lies in its middle.
    const double wider = std::max(0.0, source.height() * target.width() / target.height() - source.width()) / 2;
    const double higher = std::max(0.0, source.width() * target.height() / target.width() - source.height()) / 2;
    source.adjust(-wider, -higher, wider, higher);
    scene_->freshen(source);
    scene_->render(&painter, target, source);
}

} // namespace streamwright::gui
