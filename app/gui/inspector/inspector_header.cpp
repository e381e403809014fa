// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/inspector/inspector_header.h"

#include <QHBoxLayout>
#include <QPainter>

#include "app/session/pipeline_edits.h"

namespace streamwright::gui {

namespace {

class IconTile : public QWidget {
public:
    using QWidget::QWidget;
    QString icon, family;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QColor hue = family.isEmpty() ? colour(Theme::TextMuted) : Theme::instance().familyColour(family);
        QColor ground = hue;
        ground.setAlphaF(0.14F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ground);
        painter.drawRoundedRect(rect(), width() / 5.0, width() / 5.0);
        const int inset = width() / 6;
        Theme::instance().icon(icon, hue).paint(&painter, rect().adjusted(inset, inset, -inset, -inset));
    }
};

QString counted(std::size_t count, const QString& one, const QString& many)
{
    return QString("%1 %2").arg(count).arg(count == 1 ? one : many);
}

QString wordsOf(NodeState state)
{
    switch (state) {
    case NodeState::Ok:
        return QObject::tr("Running well");
    case NodeState::Starved:
        return QObject::tr("Nothing comes in");
    case NodeState::Throttling:
        return QObject::tr("Throttling");
    case NodeState::Failing:
        return QObject::tr("Failing");
    case NodeState::Stopped:
        break;
    }
    return QObject::tr("Stopped");
}

Theme::Token tokenOf(NodeState state)
{
    switch (state) {
    case NodeState::Ok:
        return Theme::Ok;
    case NodeState::Starved:
        return Theme::Starved;
    case NodeState::Throttling:
        return Theme::Throttling;
    case NodeState::Failing:
        return Theme::Failing;
    case NodeState::Stopped:
        break;
    }
    return Theme::Stopped;
}

} // namespace

InspectorHeader::InspectorHeader(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      workbench_(workbench),
      tile_(new IconTile(this)),
      id_(new LineField(this)),
      title_(new ElidedLabel({}, this)),
      subtitle_(new ElidedLabel({}, this)),
      enabled_(new QCheckBox(tr("Enabled"), this)),
      help_(new QToolButton(this)),
      wrong_(new NoteLabel(Theme::Failing, "error", this)),
      live_(new ElidedLabel({}, this))
{
    id_->setObjectName("inspectorId");
    id_->setAccessibleName(tr("Name of the node"));
    id_->setToolTip(tr("The node's name in the file, in edges and in metrics. Change it here."));
    title_->setObjectName("inspectorTitle");
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    title_->setFont(bold);
    subtitle_->setObjectName("inspectorSubtitle");
    subtitle_->setToken(Theme::TextMuted);
    enabled_->setObjectName("inspectorEnabled");
    enabled_->setToolTip(tr("A disabled node stays in the drawing and is left out of runs, with its edges.\n"
                            "During a run it lets go of what it held in memory: enabled again, it begins empty."));
    help_->setObjectName("inspectorHelp");
    help_->setAccessibleName(tr("Help on this kind"));
    help_->setToolTip(tr("Help on this kind (F1)"));
    help_->setAutoRaise(true);
    live_->setObjectName("inspectorLive");
    wrong_->setObjectName("inspectorIdProblem");
    const int side = fontMetrics().height() * 2 + 6;
    tile_->setFixedSize(side, side);

    auto* names = new QVBoxLayout;
    names->setSpacing(1);
    names->addWidget(id_);
    names->addWidget(title_);
    names->addWidget(subtitle_);
    auto* top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(tile_, 0, Qt::AlignTop);
    top->addLayout(names, 1);
    top->addWidget(help_, 0, Qt::AlignTop);
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(enabled_);
    bottom->addWidget(live_, 1);
    live_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 8, 8, 8);
    layout->setSpacing(5);
    layout->addLayout(top);
    layout->addWidget(wrong_);
    layout->addLayout(bottom);

    connect(id_, &QLineEdit::textEdited, this, [this](const QString& text) {
        const auto good = text.toStdString() == subject_.ids.front()
                              ? Result<void>()
                              : checkNewId(workbench_.document.pipeline(), text.toStdString());
        refuse(good ? QString() : QString::fromStdString(good.problem().message));
    });
    connect(id_, &QLineEdit::editingFinished, this, &InspectorHeader::rename);
    connect(id_, &LineField::revertWanted, this, [this] {
        id_->setText(QString::fromStdString(subject_.ids.front()));
        refuse({});
    });
    connect(enabled_, &QCheckBox::clicked, this, [this](bool on) {
        const std::set<std::string> ids(subject_.ids.begin(), subject_.ids.end());
        workbench_.document.edit(on ? tr("Enable %1").arg(counted(ids.size(), tr("node"), tr("nodes")))
                                    : tr("Disable %1").arg(counted(ids.size(), tr("node"), tr("nodes"))),
                                 [&](Pipeline& pipeline) { streamwright::setDisabled(pipeline, ids, !on); });
    });
    connect(help_, &QToolButton::clicked, this,
            [this] { emit workbench_.helpWanted(QString::fromStdString(subject_.kind)); });
    const auto dress = [this] {
        help_->setIcon(Theme::instance().icon("help", colour(Theme::TextMuted)));
        update();
    };
    connect(&Theme::instance(), &Theme::changed, this, dress);
    dress();
}

const NodeKind* InspectorHeader::kind() const
{
    const auto* entry = workbench_.document.registry().find(subject_.kind);
    return entry ? &entry->kind : nullptr;
}

void InspectorHeader::showSubject(const Subject& subject)
{
    const bool other = !(subject == subject_);
    subject_ = subject;
    const Pipeline& pipeline = workbench_.document.pipeline();
    const bool nodes = subject.what == Subject::What::Nodes;
    const bool one = subject.ids.size() == 1;
    id_->setVisible(nodes && one);
    title_->setVisible(!(nodes && one));
    enabled_->setVisible(nodes);
    help_->setVisible((nodes || subject.what == Subject::What::Edges) && kind());
    auto* tile = static_cast<IconTile*>(tile_);
    tile->family.clear();
    QString title, subtitle;
    const QString kindTitle = kind() ? QString::fromStdString(kind()->title)
                                     : tr("Unknown kind %1").arg(QString::fromStdString(subject.kind));
    switch (subject.what) {
    case Subject::What::Nodes: {
        tile->icon = kind() ? QString::fromStdString(kind()->icon) : "help";
        tile->family = kind() ? QString::fromStdString(kind()->family) : QString();
        title = QString("%1 \u00d7 %2").arg(subject.ids.size()).arg(kindTitle);
        subtitle = one ? kindTitle : tr("Edits apply to all of them.");
        bool allOn = true, anyOn = false;
        for (const std::string& id : subject.ids)
            if (const Node* node = pipeline.node(id)) {
                allOn = allOn && !node->disabled;
                anyOn = anyOn || !node->disabled;
            }
        enabled_->setTristate(anyOn && !allOn);
        enabled_->setCheckState(allOn ? Qt::Checked : anyOn ? Qt::PartiallyChecked : Qt::Unchecked);
        break;
    }
    case Subject::What::Edges: {
        tile->icon = "edge";
        const Edge* edge = findEdge(pipeline, subject.ids.front());
        title = one && edge ? QString::fromStdString(edge->fromNode + " \u2192 " + edge->toNode)
                            : counted(subject.ids.size(), tr("edge"), tr("edges"));
        const Port* port = kind() ? kind()->port(subject.port) : nullptr;
        subtitle =
            port ? tr("%1, port %2: %3")
                       .arg(kindTitle, QString::fromStdString(subject.port), QString::fromStdString(port->carries))
                 : kindTitle;
        break;
    }
    case Subject::What::Comment:
        tile->icon = "records";
        title = tr("Note");
        break;
    case Subject::What::Group:
        tile->icon = "folder";
        title = tr("Group");
        break;
    case Subject::What::Pipeline:
        tile->icon = "streamwright";
        title = pipeline.name.empty() ? tr("Pipeline") : QString::fromStdString(pipeline.name);
        subtitle = counted(pipeline.nodes.size(), tr("node"), tr("nodes")) + ", " +
                   counted(pipeline.edges.size(), tr("edge"), tr("edges"));
        break;
    case Subject::What::Several:
        tile->icon = "node";
        title = tr("%1 selected").arg(subject.ids.size());
        break;
    }
    tile_->update();
    title_->setText(title);
    subtitle_->setText(subtitle);
    subtitle_->setVisible(!subtitle.isEmpty());
    if (nodes && one && (other || !id_->hasFocus())) {
        id_->showText(QString::fromStdString(subject.ids.front()));
        refuse({});
    }
    if (!nodes || !one) refuse({});
    showLive();
}

void InspectorHeader::showLive()
{
    const bool shown = subject_.what == Subject::What::Nodes && subject_.ids.size() == 1 && workbench_.run.active();
    const auto& nodes = workbench_.run.live().nodes;
    const auto found = shown ? nodes.find(subject_.ids.front()) : nodes.end();
    live_->setVisible(found != nodes.end());
    if (found == nodes.end()) return;
    live_->setText(wordsOf(found->second.state));
    live_->setToken(tokenOf(found->second.state));
    live_->setToolTip(QString::fromStdString(found->second.reason));
}

void InspectorHeader::refuse(const QString& message)
{
    id_->setWrong(!message.isEmpty());
    wrong_->setText(message.isEmpty() ? message : message[0].toUpper() + message.mid(1));
    wrong_->setVisible(!message.isEmpty());
}

void InspectorHeader::rename()
{
    if (subject_.what != Subject::What::Nodes || subject_.ids.size() != 1 || id_->wrong()) return;
    const std::string id = subject_.ids.front(), wanted = id_->text().toStdString();
    if (wanted == id || !checkNewId(workbench_.document.pipeline(), wanted)) return;
    // The selection goes along before the views learn of the new name.
    subject_.ids = {wanted};
    workbench_.document.edit(tr("Rename %1").arg(QString::fromStdString(id)), [&](Pipeline& pipeline) {
        const Result<void> renamed = renameNode(pipeline, id, wanted);
        if (!renamed) emit workbench_.message(QString::fromStdString(renamed.problem().message));
    });
    workbench_.selection.selectNode(wanted);
}

void InspectorHeader::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), colour(Theme::Surface));
    painter.fillRect(0, height() - 1, width(), 1, colour(Theme::Border));
}

} // namespace streamwright::gui
