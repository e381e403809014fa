// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/canvas_actions.h"

#include <QClipboard>
#include <QGraphicsScene>
#include <QGuiApplication>

#include "app/gui/canvas/group_item.h"
#include "app/gui/canvas/inline_editor.h"
#include "app/gui/theme/action_icon.h"
#include "app/session/annotations.h"
#include "app/session/auto_layout.h"
#include "app/session/clipboard.h"

namespace streamwright::gui {

namespace {

QString counted(const char* one, const char* many, std::size_t count)
{
    return count == 1 ? QObject::tr(one) : QObject::tr(many).arg(count);
}

} // namespace

CanvasActions::CanvasActions(Workbench& workbench, QGraphicsView* view, NodeRect nodeRect, QObject* parent)
    : QObject(parent),
      workbench_(workbench),
      view_(view),
      nodeRect_(std::move(nodeRect))
{
    fillEdit();
    fillArrange();
    connect(&workbench.selection, &Selection::changed, this, &CanvasActions::refresh);
    connect(&workbench.document, &DocumentModel::changed, this, &CanvasActions::refresh);
    connect(QGuiApplication::clipboard(), &QClipboard::dataChanged, this, &CanvasActions::readClipboard);
    readClipboard();
}

QAction* CanvasActions::add(QList<QAction*>& list, const char* name, const char* icon, const QString& text,
                            const QKeySequence& keys, std::function<void()> run)
{
    auto* action = new QAction(text, this);
    action->setObjectName(name);
    setActionIcon(*action, icon);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, std::move(run));
    list.append(action);
    byName_[name] = action;
    return action;
}

void CanvasActions::fillEdit()
{
    add(edit_, "cut", "cut", tr("Cut"), QKeySequence::Cut, [this] {
        copy();
        remove(false);
    });
    add(edit_, "copy", "copy", tr("Copy"), QKeySequence::Copy, [this] { copy(); });
    add(edit_, "paste", "paste", tr("Paste"), QKeySequence::Paste, [this] { paste(); });
    add(edit_, "duplicate", "duplicate", tr("Duplicate"), QKeySequence("Ctrl+D"), [this] { duplicateSelected(); });
    edit_.append(nullptr);
    add(edit_, "delete", "clear", tr("Delete"), QKeySequence(Qt::Key_Delete), [this] {
        remove(false);
    })->setShortcuts({QKeySequence(Qt::Key_Delete), QKeySequence(Qt::Key_Backspace)});
    add(edit_, "deleteAndHeal", "delete-heal", tr("Delete and close the gap"), QKeySequence("Ctrl+Del"),
        [this] { remove(true); });
    add(edit_, "selectAll", "select-all", tr("Select all"), QKeySequence::SelectAll, [this] { selectAll(); });
    edit_.append(nullptr);
    add(edit_, "rename", "rename", tr("Rename"), QKeySequence(Qt::Key_F2), [this] { rename(); });
    add(edit_, "disable", "disable", tr("Disable"), QKeySequence("D"), [this] { toggleDisabled(); });
    edit_.append(nullptr);
    add(edit_, "find", "search", tr("Find…"), QKeySequence::Find, [this] { emit findWanted(); });
}

void CanvasActions::fillArrange()
{
    add(arrange_, "note", "note", tr("Add a note"), QKeySequence("Shift+C"), [this] { addNote(); });
    add(arrange_, "group", "group", tr("Group"), QKeySequence("Ctrl+G"), [this] { group(); });
    add(arrange_, "ungroup", "ungroup", tr("Ungroup"), QKeySequence("Ctrl+Shift+G"), [this] { ungroupSelected(); });
    add(arrange_, "collapse", "collapse", tr("Collapse group"), QKeySequence("Ctrl+E"), [this] { toggleCollapsed(); });
    arrange_.append(nullptr);
    const auto align = [this](const char* name, const char* icon, const QString& text, const char* keys,
                              Alignment alignment) {
        add(arrange_, name, icon, text, QKeySequence(keys), [=, this] { alignSelected(text, alignment); });
    };
    align("alignLeft", "align-left", tr("Align left"), "Ctrl+Shift+Left", Alignment::Left);
    align("alignCentre", "align-centre", tr("Align centres"), "", Alignment::Centre);
    align("alignRight", "align-right", tr("Align right"), "Ctrl+Shift+Right", Alignment::Right);
    align("alignTop", "align-top", tr("Align top"), "Ctrl+Shift+Up", Alignment::Top);
    align("alignMiddle", "align-middle", tr("Align middles"), "", Alignment::Middle);
    align("alignBottom", "align-bottom", tr("Align bottom"), "Ctrl+Shift+Down", Alignment::Bottom);
    arrange_.append(nullptr);
    const auto distribute = [this](const char* name, const char* icon, const QString& text, Direction direction) {
        add(arrange_, name, icon, text, {}, [=, this] { distributeSelected(text, direction); });
    };
    distribute("distributeHorizontally", "distribute-horizontally", tr("Distribute horizontally"),
               Direction::Horizontal);
    distribute("distributeVertically", "distribute-vertically", tr("Distribute vertically"), Direction::Vertical);
    arrange_.append(nullptr);
    add(arrange_, "layout", "layout", tr("Lay out everything"), QKeySequence("Ctrl+L"), [this] { layOutSelected(); });
    QAction* snap = add(arrange_, "snap", "snap", tr("Snap to grid"), {}, [] {});
    snap->setCheckable(true);
    snap->setChecked(true);
    connect(snap, &QAction::toggled, view_, [this](bool on) { view_->scene()->setProperty("snapToGrid", on); });
}

void CanvasActions::refresh()
{
    const Selected& selected = workbench_.selection.get();
    const Pipeline& pipeline = workbench_.document.pipeline();
    const std::size_t count = nodes().size();
    const bool any = !selected.empty(), things = count > 0 || !selected.comments.empty();
    const auto enable = [this](std::initializer_list<const char*> names, bool on) {
        for (const char* name : names)
            byName_[name]->setEnabled(on);
    };
    enable({"cut", "copy", "duplicate"}, things);
    enable({"paste"}, canPaste_);
    enable({"delete"}, any);
    enable({"deleteAndHeal", "disable"}, count > 0);
    enable({"selectAll", "find"}, !pipeline.nodes.empty() || !pipeline.comments.empty());
    enable({"rename"}, selected.nodes.size() + selected.comments.size() + selected.groups.size() == 1);
    enable({"group"}, !selected.nodes.empty());
    enable({"ungroup", "collapse"}, !selected.groups.empty());
    enable({"alignLeft", "alignCentre", "alignRight", "alignTop", "alignMiddle", "alignBottom"}, count > 1);
    enable({"distributeHorizontally", "distributeVertically"}, count > 2);
    enable({"layout"}, !pipeline.nodes.empty());

    const auto chosen = nodes();
    const bool allOff = count > 0 && std::all_of(pipeline.nodes.begin(), pipeline.nodes.end(), [&](const Node& node) {
                            return node.disabled || !chosen.contains(node.id);
                        });
    byName_["disable"]->setText(allOff ? tr("Enable") : tr("Disable"));
    setActionIcon(*byName_["disable"], allOff ? "enable" : "disable");
    byName_["layout"]->setText(count > 1 ? tr("Lay out the selection") : tr("Lay out everything"));
    const Group* first = selected.groups.empty() ? nullptr : findGroup(pipeline, *selected.groups.begin());
    const bool collapsed = first && first->collapsed;
    byName_["collapse"]->setText(collapsed ? tr("Expand group") : tr("Collapse group"));
    setActionIcon(*byName_["collapse"], collapsed ? "expand" : "collapse");
    byName_["rename"]->setText(selected.nodes.empty() && !selected.comments.empty() ? tr("Edit the text")
                                                                                    : tr("Rename"));
    byName_["group"]->setText(selected.groups.size() == 1 && !selected.nodes.empty() ? tr("Add to the group")
                                                                                     : tr("Group"));
}

void CanvasActions::readClipboard()
{
    const QString text = QGuiApplication::clipboard()->text();
    canPaste_ = mayBeFragment(text.left(kFragmentHead).toStdString(), static_cast<std::size_t>(text.size()));
    refresh();
}

Parts CanvasActions::parts() const
{
    const Selected& selected = workbench_.selection.get();
    return {selected.nodes, selected.edges, selected.comments, selected.groups};
}

std::set<std::string> CanvasActions::nodes() const { return nodesOf(workbench_.document.pipeline(), parts()); }

void CanvasActions::select(const Parts& parts)
{
    workbench_.selection.set({parts.nodes, parts.edges, parts.comments, parts.groups});
}

ExtentOf CanvasActions::extents() const
{
    return [this](const std::string& node) {
        const QRectF rect = nodeRect_(node);
        return rect.isEmpty() ? Extent{} : Extent{rect.width(), rect.height()};
    };
}

QPointF CanvasActions::cursor() const
{
    const QWidget* viewport = view_->viewport();
    const QPoint at = viewport->mapFromGlobal(QCursor::pos());
    return view_->mapToScene(viewport->rect().contains(at) ? at : viewport->rect().center());
}

void CanvasActions::copy()
{
    const std::string text = copyParts(workbench_.document.pipeline(), parts());
    if (!text.empty()) QGuiApplication::clipboard()->setText(QString::fromStdString(text));
}

void CanvasActions::paste()
{
    const auto fragment = readFragment(QGuiApplication::clipboard()->text().toStdString());
    if (!fragment) {
        emit workbench_.message(QString::fromStdString(fragment.problem().message));
        return;
    }
    const QPointF at = cursor();
    const Point corner = snapped({at.x(), at.y()});
    Parts added;
    const std::size_t count = fragment->nodes.size() + fragment->comments.size();
    workbench_.document.edit(counted("Paste", "Paste %1 parts", count),
                             [&](Pipeline& pipeline) { added = streamwright::paste(pipeline, *fragment, corner); });
    added.edges.clear(); // the nodes are what one goes on with
    select(added);
}

void CanvasActions::duplicateSelected()
{
    Parts added;
    const Parts chosen = parts();
    workbench_.document.edit(tr("Duplicate"), [&](Pipeline& pipeline) { added = duplicate(pipeline, chosen); });
    added.edges.clear();
    select(added);
}

void CanvasActions::remove(bool heal)
{
    const Parts chosen = parts();
    const std::size_t count = chosen.nodes.size() + chosen.edges.size() + chosen.comments.size() + chosen.groups.size();
    const Registry& registry = workbench_.document.registry();
    workbench_.document.edit(counted("Delete", "Delete %1 parts", count),
                             [&](Pipeline& pipeline) { removeParts(pipeline, registry, chosen, heal); });
    workbench_.selection.clear();
}

void CanvasActions::selectAll()
{
    const Pipeline& pipeline = workbench_.document.pipeline();
    Parts all;
    for (const Node& node : pipeline.nodes)
        all.nodes.insert(node.id);
    for (const Comment& comment : pipeline.comments)
        all.comments.insert(comment.id);
    for (const Group& group : pipeline.groups)
        all.groups.insert(group.id);
    select(all);
}

void CanvasActions::rename()
{
    const Selected selected = workbench_.selection.get();
    if (!selected.nodes.empty()) {
        const std::string node = *selected.nodes.begin();
        view_->ensureVisible(nodeRect_(node), 0, 0);
        editNodeName(workbench_, *view_, node, nodeRect_(node));
    } else if (!selected.comments.empty()) {
        editNoteText(workbench_, *view_, *selected.comments.begin());
    } else if (!selected.groups.empty()) {
        for (const QGraphicsItem* item : view_->scene()->selectedItems())
            if (item->type() == kGroupItem)
                editGroupTitle(workbench_, *view_, itemId(*item), static_cast<const GroupItem*>(item)->titleBar());
    }
}

void CanvasActions::toggleDisabled()
{
    const auto chosen = nodes();
    const Pipeline& now = workbench_.document.pipeline();
    const bool disable = std::any_of(now.nodes.begin(), now.nodes.end(),
                                     [&](const Node& node) { return chosen.contains(node.id) && !node.disabled; });
    workbench_.document.edit(disable ? tr("Disable") : tr("Enable"),
                             [&](Pipeline& pipeline) { setDisabled(pipeline, chosen, disable); });
}

void CanvasActions::addNote()
{
    const QPointF at = cursor();
    const Point place = snapped({at.x(), at.y()});
    std::string id;
    workbench_.document.edit(tr("Add a note"), [&](Pipeline& pipeline) { id = addComment(pipeline, place); });
    select({{}, {}, {id}, {}});
    editNoteText(workbench_, *view_, id);
}

void CanvasActions::group()
{
    const Selected selected = workbench_.selection.get();
    std::string id;
    if (selected.groups.size() == 1) {
        id = *selected.groups.begin();
        workbench_.document.edit(tr("Add to the group"),
                                 [&](Pipeline& pipeline) { putIntoGroup(pipeline, id, selected.nodes); });
    } else {
        workbench_.document.edit(tr("Group"), [&](Pipeline& pipeline) { id = makeGroup(pipeline, selected.nodes); });
    }
    select({{}, {}, {}, {id}});
}

void CanvasActions::ungroupSelected()
{
    const Parts chosen = parts();
    Parts left{nodes(), {}, chosen.comments, {}};
    workbench_.document.edit(tr("Ungroup"), [&](Pipeline& pipeline) { ungroup(pipeline, chosen.groups); });
    select(left);
}

void CanvasActions::toggleCollapsed()
{
    const auto groups = workbench_.selection.get().groups;
    const Group* first = findGroup(workbench_.document.pipeline(), *groups.begin());
    const bool collapse = first && !first->collapsed;
    workbench_.document.edit(collapse ? tr("Collapse group") : tr("Expand group"), [&](Pipeline& pipeline) {
        for (const std::string& group : groups)
            setCollapsed(pipeline, group, collapse);
    });
}

void CanvasActions::alignSelected(const QString& what, Alignment alignment)
{
    const auto chosen = nodes();
    workbench_.document.edit(what, [&](Pipeline& pipeline) { align(pipeline, chosen, alignment, extents()); });
}

void CanvasActions::distributeSelected(const QString& what, Direction direction)
{
    const auto chosen = nodes();
    workbench_.document.edit(what, [&](Pipeline& pipeline) { distribute(pipeline, chosen, direction, extents()); });
}

void CanvasActions::layOutSelected()
{
    auto chosen = nodes();
    if (chosen.size() < 2) chosen.clear(); // everything
    workbench_.document.edit(chosen.empty() ? tr("Lay out everything") : tr("Lay out the selection"),
                             [&](Pipeline& pipeline) { layOut(pipeline, chosen, extents()); });
}

} // namespace streamwright::gui
