// SPDX-License-Identifier: GPL-3.0-or-later
// The context menus of CanvasActions.
#include "app/gui/canvas/canvas_actions.h"
#include "app/session/annotations.h"

namespace streamwright::gui {

QMenu* CanvasActions::contextMenu(const CanvasTarget& target)
{
    const Selected& now = workbench_.selection.get();
    if (!target.node.empty() && !now.nodes.contains(target.node)) workbench_.selection.selectNode(target.node);
    if (!target.edge.empty() && !now.edges.contains(target.edge)) workbench_.selection.selectEdge(target.edge);
    if (!target.comment.empty() && !now.comments.contains(target.comment)) select({{}, {}, {target.comment}, {}});
    if (!target.group.empty() && !now.groups.contains(target.group)) select({{}, {}, {}, {target.group}});

    auto* menu = new QMenu(view_);
    menu->setObjectName("canvasMenu");
    if (!target.node.empty()) {
        fillNodeMenu(*menu, target.node);
    } else if (!target.edge.empty()) {
        menu->addAction(Theme::instance().icon("records"), tr("Show its records"), this,
                        [this, edge = QString::fromStdString(target.edge)] { emit workbench_.recordsWanted(edge); });
        menu->addSeparator();
        put(*menu, {"delete"});
    } else if (!target.comment.empty()) {
        fillNoteMenu(*menu);
    } else if (!target.group.empty()) {
        put(*menu,
            {"rename", "collapse", "ungroup", "", "disable", "layout", "", "cut", "copy", "duplicate", "delete"});
    } else {
        put(*menu, {"paste", "selectAll", "", "note", "layout", "", "find"});
    }
    return menu;
}

// "" is a separator.
void CanvasActions::put(QMenu& menu, std::initializer_list<const char*> names)
{
    for (const char* name : names) {
        if (*name)
            menu.addAction(byName_.at(name));
        else
            menu.addSeparator();
    }
}

void CanvasActions::fillNodeMenu(QMenu& menu, const std::string& node)
{
    const QString id = QString::fromStdString(node);
    if (workbench_.selection.get().nodes.size() == 1) {
        const Theme& theme = Theme::instance();
        menu.addAction(theme.icon("inspector"), tr("Properties"), this,
                       [this, id] { emit workbench_.propertyWanted(id, {}); });
        menu.addAction(theme.icon("records"), tr("Show its records"), this,
                       [this, id] { emit workbench_.recordsWanted(id); });
        menu.addAction(theme.icon("monitor"), tr("Show in the monitor"), this,
                       [this, id] { emit workbench_.monitorWanted(id); });
        if (const Node* found = workbench_.document.pipeline().node(node))
            menu.addAction(theme.icon("help"), tr("Help on this kind"), this,
                           [this, kind = QString::fromStdString(found->kind)] { emit workbench_.helpWanted(kind); });
        menu.addSeparator();
    }
    put(menu, {"rename", "disable", "", "cut", "copy", "duplicate", "delete", "deleteAndHeal", "", "group"});
    fillGroupChoices(menu);
    fillArrangement(menu);
}

void CanvasActions::fillArrangement(QMenu& menu)
{
    menu.addSeparator();
    if (nodes().size() > 1) {
        QMenu* aligning = menu.addMenu(Theme::instance().icon("align-left"), tr("Align"));
        put(*aligning, {"alignLeft", "alignCentre", "alignRight", "", "alignTop", "alignMiddle", "alignBottom", "",
                        "distributeHorizontally", "distributeVertically"});
    }
    put(menu, {"layout"});
}

void CanvasActions::fillGroupChoices(QMenu& menu)
{
    const Pipeline& pipeline = workbench_.document.pipeline();
    const auto chosen = workbench_.selection.get().nodes;
    if (!pipeline.groups.empty()) {
        QMenu* into = menu.addMenu(Theme::instance().icon("take-in"), tr("Put into"));
        for (const Group& group : pipeline.groups)
            into->addAction(QString::fromStdString(group.title), this, [this, chosen, id = group.id] {
                workbench_.document.edit(tr("Put into a group"),
                                         [&](Pipeline& changed) { putIntoGroup(changed, id, chosen); });
            });
    }
    const bool grouped =
        std::any_of(chosen.begin(), chosen.end(), [&](const std::string& node) { return groupOf(pipeline, node); });
    if (grouped)
        menu.addAction(Theme::instance().icon("take-out"), tr("Take out of the group"), this, [this, chosen] {
            workbench_.document.edit(tr("Take out of the group"),
                                     [&](Pipeline& changed) { takeOutOfGroups(changed, chosen); });
        });
}

void CanvasActions::fillNoteMenu(QMenu& menu)
{
    put(menu, {"rename"});
    QMenu* colours = menu.addMenu(Theme::instance().icon("theme"), tr("Colour"));
    const auto chosen = workbench_.selection.get().comments;
    const QStringList words = {tr("Yellow"), tr("Blue"), tr("Green"), tr("Red"), tr("Grey")};
    for (std::size_t i = 0; i < noteColours().size(); ++i)
        colours->addAction(words[static_cast<int>(i)], this, [this, chosen, name = noteColours()[i]] {
            workbench_.document.edit(tr("Colour note"), [&](Pipeline& pipeline) {
                for (const std::string& note : chosen)
                    setCommentColour(pipeline, note, name);
            });
        });
    put(menu, {"", "cut", "copy", "duplicate", "delete"});
}

} // namespace streamwright::gui
