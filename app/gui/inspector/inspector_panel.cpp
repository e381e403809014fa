// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/inspector/inspector_panel.h"

#include <QAction>
#include <QFileInfo>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

#include "app/gui/inspector/object_editor.h"

namespace streamwright::gui {

namespace {

constexpr std::size_t kFilterFrom = 7; // fields; a shorter form is seen at a glance

} // namespace

InspectorPanel::InspectorPanel(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      workbench_(workbench),
      header_(new InspectorHeader(workbench, this)),
      filter_(new QLineEdit(this)),
      filterIcon_(new QAction(tr("Filter"), this)),
      scroll_(new QScrollArea(this)),
      hint_(new QLabel(this))
{
    setObjectName("inspectorPanel");
    setAccessibleName(tr("Inspector"));
    filter_->setObjectName("inspectorFilter");
    filter_->setAccessibleName(tr("Filter properties"));
    filter_->setPlaceholderText(tr("Filter properties"));
    filter_->setClearButtonEnabled(true);
    filter_->addAction(filterIcon_, QLineEdit::LeadingPosition);
    hint_->setObjectName("inspectorHint");
    hint_->setWordWrap(true);
    hint_->setContentsMargins(12, 8, 12, 2);
    hint_->setForegroundRole(QPalette::PlaceholderText);
    scroll_->setObjectName("inspectorScroll");
    scroll_->setWidgetResizable(true);
    scroll_->setFrameShape(QFrame::NoFrame);
    scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll_->setFocusPolicy(Qt::NoFocus);
    auto* filterRow = new QVBoxLayout;
    filterRow->setContentsMargins(8, 6, 8, 2);
    filterRow->addWidget(filter_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header_);
    layout->addWidget(hint_);
    layout->addLayout(filterRow);
    layout->addWidget(scroll_, 1);

    connect(&workbench_.document, &DocumentModel::changed, this, &InspectorPanel::refresh);
    connect(&workbench_.document, &DocumentModel::opened, this, [this] { built_ = false; });
    connect(&workbench_.document, &DocumentModel::stateChanged, this, [this] {
        const std::string& path = workbench_.document.document().path();
        context_.folder = path.empty() ? QString() : QFileInfo(QString::fromStdString(path)).absolutePath();
    });
    connect(&workbench_.selection, &Selection::changed, this, &InspectorPanel::refresh);
    connect(&workbench_.run, &RunBridge::runStarted, this, [this] {
        context_.waiting.clear();
        runChanged();
    });
    connect(&workbench_.run, &RunBridge::stateChanged, this, &InspectorPanel::runChanged);
    connect(&workbench_.run, &RunBridge::liveChanged, header_, &InspectorHeader::showLive);
    connect(&workbench_, &Workbench::propertyWanted, this, &InspectorPanel::goTo);
    connect(filter_, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (form_) form_->filter(text.trimmed());
        showHint();
    });
    const auto dress = [this] { filterIcon_->setIcon(Theme::instance().icon("search", colour(Theme::TextMuted))); };
    connect(&Theme::instance(), &Theme::changed, this, dress);
    dress();
    refresh();
}

void InspectorPanel::showEvent(QShowEvent* event)
{
    refresh();
    QWidget::showEvent(event);
}

void InspectorPanel::refresh()
{
    if (building_ || (!isVisible() && built_)) return; // then, or on showing it
    const Subject subject = subjectOf(workbench_.selection.get(), workbench_.document);
    if (!built_ || !(subject == subject_)) build(subject);
    header_->showSubject(subject_);
    std::vector<Json> properties = propertiesOf(subject_, workbench_.document.pipeline());
    std::vector<Problem> problems = problemsOf(subject_, workbench_.document);
    const auto same = [](const Problem& a, const Problem& b) { return a.place == b.place && a.message == b.message; };
    const bool sameProblems = std::equal(problems.begin(), problems.end(), problems_.begin(), problems_.end(), same);
    if (properties == properties_ && sameProblems) return;
    properties_ = std::move(properties);
    problems_ = std::move(problems);
    if (!form_) return;
    Values values;
    for (const Json& each : properties_)
        values.push_back(&each);
    form_->showValues(values);
    form_->showProblems(problems_);
}

void InspectorPanel::build(const Subject& subject)
{
    building_ = true;
    if (QWidget* old = scroll_->takeWidget()) {
        old->hide(); // what is typed but not taken yet is taken now, for the old subject
        delete old;
    }
    form_ = nullptr;
    building_ = false;
    built_ = true;
    subject_ = subject;
    properties_.clear();
    problems_ = {{ProblemCode::Internal, "", "never shown"}}; // so that everything is shown once
    QStringList ids;
    for (const std::string& id : subject.ids)
        ids += QString::fromStdString(id);
    context_.subject = ids.join(" ");
    context_.place = QString::fromStdString(subject.kind + ":" + subject.port);
    context_.running = workbench_.run.active();
    filter_->clear();
    root_ = std::make_unique<Field>(formOf(subject, workbench_.document.registry()));
    auto* page = new QWidget; // an empty one too: without any, the scroll bar of the one before stays
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 4, 0, 12);
    if (subject.what != Subject::What::Several) {
        form_ = new ObjectEditor(*root_, {}, context_, page);
        layout->addWidget(form_);
        connect(form_, &ValueEditor::edited, this, &InspectorPanel::take);
        connect(form_, &ValueEditor::finished, &workbench_.document, &DocumentModel::endGesture);
    }
    layout->addStretch(1);
    scroll_->setWidget(page);
    filter_->setVisible(root_->fields.size() >= kFilterFrom);
    showHint();
}

void InspectorPanel::showHint()
{
    QString text;
    const bool unknown = subject_.what == Subject::What::Nodes && !workbench_.document.registry().find(subject_.kind);
    if (subject_.what == Subject::What::Several)
        text = subject_.explanation;
    else if (subject_.what == Subject::What::Pipeline)
        text = tr("Select a node or an edge to see its properties.");
    else if (unknown)
        text = tr("No part of this program knows the kind %1. Its properties are kept as they are written.")
                   .arg(QString::fromStdString(subject_.kind));
    else if (subject_.what == Subject::What::Edges && root_->fields.empty())
        text = tr("Edges of this kind have no properties.");
    else if (subject_.what == Subject::What::Nodes && root_->fields.empty())
        text = tr("Nodes of this kind have no properties.");
    else if (form_ && !filter_->text().trimmed().isEmpty() && !form_->filter(filter_->text().trimmed()))
        text = tr("No property matches \"%1\".").arg(filter_->text().trimmed());
    hint_->setText(text);
    hint_->setVisible(!text.isEmpty());
}

void InspectorPanel::take(const QString& pointer, const std::optional<Json>& value)
{
    const std::string place = pointer.toStdString();
    const QString name = pointer.section('/', -1);
    const QString whose = subject_.what == Subject::What::Pipeline ? tr("the pipeline") : context_.subject;
    const QString what = value ? tr("Change %1 of %2").arg(name, whose) : tr("Reset %1 of %2").arg(name, whose);
    const QString mergeKey = QString("property %1 %2").arg(context_.subject, pointer);
    const Subject subject = subject_;
    workbench_.document.edit(
        what, [&](Pipeline& pipeline) { gui::setProperty(subject, *root_, pipeline, place, value); }, mergeKey);
}

void InspectorPanel::runChanged()
{
    context_.running = workbench_.run.active();
    if (!context_.running) context_.waiting.clear();
    if (form_) form_->runChanged();
    header_->showLive();
}

void InspectorPanel::goTo(const QString& node, const QString& pointer)
{
    const std::string id = node.toStdString();
    if (id.find(".") != std::string::npos && id.find(">") != std::string::npos)
        workbench_.selection.selectEdge(id);
    else if (!id.empty())
        workbench_.selection.selectNode(id);
    built_ = built_ && isVisible();
    refresh();
    filter_->clear();
    if (!form_) return;
    form_->focusAt(pointer);
    // The rows get their places in the next round of the event loop.
    QTimer::singleShot(0, this, [this] {
        if (QWidget* focused = focusWidget(); focused && scroll_->widget() && scroll_->widget()->isAncestorOf(focused))
            scroll_->ensureWidgetVisible(focused, 20, 60);
    });
}

} // namespace streamwright::gui
