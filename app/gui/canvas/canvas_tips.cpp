// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/canvas_tips.h"

#include "app/gui/canvas/figure_text.h"

namespace streamwright::gui {

namespace {

QString line(const QString& text, const QColor& ink = {})
{
    const QString words = text.toHtmlEscaped().replace('\n', "<br>");
    return ink.isValid() ? QString("<div style='color:%1'>%2</div>").arg(ink.name(), words)
                         : QString("<div>%1</div>").arg(words);
}

QString head(const QString& name, const QString& what)
{
    return QString("<div><b>%1</b> &nbsp;<span style='color:%2'>%3</span></div>")
        .arg(name.toHtmlEscaped(), colour(Theme::TextMuted).name(), what.toHtmlEscaped());
}

QString box(const QString& lines) { return "<qt><div style='margin:2px'>" + lines + "</div></qt>"; }

} // namespace

QString stateWord(NodeState state)
{
    switch (state) {
    case NodeState::Ok:
        return QObject::tr("ok");
    case NodeState::Starved:
        return QObject::tr("starved");
    case NodeState::Throttling:
        return QObject::tr("throttling");
    case NodeState::Failing:
        return QObject::tr("failing");
    case NodeState::Stopped:
        break;
    }
    return QObject::tr("stopped");
}

QString nodeTip(CanvasScene& scene, const NodeItem& node, const std::vector<std::string>& explanation)
{
    const NodeFace& face = node.face();
    QString text = head(face.id, face.title);
    if (node.live().shown) {
        text += line(stateWord(node.live().state) + " · " + node.live().rate,
                     Theme::instance().stateColour(node.live().state));
        const auto& nodes = scene.workbench().run.live().nodes;
        const auto live = nodes.find(node.id());
        if (explanation.empty() && live != nodes.end() && !live->second.reason.empty())
            text += line(QString::fromStdString(live->second.reason));
        for (const std::string& sentence : explanation)
            text += line(QString::fromStdString(sentence));
    } else if (!face.summary.isEmpty()) {
        text += line(face.summary);
    }
    if (face.disabled) {
        const NodeKind* kind = scene.kindOf(node.id());
        text += line(QObject::tr("Disabled: left out of a run with its edges."));
        if (kind && kind->keeps) text += line(QObject::tr("Enabled again during a run, it begins empty."));
    }
    if (!face.trouble.isEmpty()) text += line(face.trouble, colour(Theme::Failing));
    return box(text);
}

QString edgeTip(CanvasScene& scene, const EdgeItem& edge)
{
    QString text = head(QString::fromStdString(edge.fromNode()) + " → " + QString::fromStdString(edge.toNode()),
                        QString::fromStdString(edge.fromPort() + " → " + edge.toPort()));
    const auto& edges = scene.workbench().run.live().edges;
    const auto live = edges.find(edge.key());
    if (edge.live().shown && live != edges.end()) {
        text += line(QObject::tr("%1 records/s · %2/s")
                         .arg(shortNumber(live->second.recordsPerSecond), shortBytes(live->second.bytesPerSecond)));
        if (live->second.fill > 0) text += line(QObject::tr("%1 % of what the receiver takes").arg(edge.live().fill));
        if (live->second.backlog > 0)
            text += line(QObject::tr("%1 records wait, the oldest for %2")
                             .arg(shortNumber(static_cast<double>(live->second.backlog)), shortAge(live->second.age)));
        if (!live->second.reason.empty()) text += line(QString::fromStdString(live->second.reason));
    }
    if (!edge.trouble().isEmpty()) text += line(edge.trouble(), colour(Theme::Failing));
    return box(text + line(QObject::tr("Double-click: the records here"), colour(Theme::TextMuted)));
}

QString portTip(CanvasScene& scene, const NodeItem& node, const PortFace& port)
{
    const NodeKind* kind = scene.kindOf(node.id());
    const Port* described = kind ? kind->port(port.name) : nullptr;
    QString text = head(QString::fromStdString(port.name), port.isInput ? QObject::tr("input") : QObject::tr("output"));
    if (described && !described->carries.empty())
        text += line(QObject::tr("Carries %1.").arg(QString::fromStdString(described->carries)));
    if (described && !described->help.empty()) text += line(QString::fromStdString(described->help));
    return box(text + line(QObject::tr("Drag to connect"), colour(Theme::TextMuted)));
}

} // namespace streamwright::gui
