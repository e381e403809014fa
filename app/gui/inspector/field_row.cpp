// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/inspector/field_row.h"

#include <QMouseEvent>
#include <QPainter>

#include "app/gui/inspector/name_label.h"

namespace streamwright::gui {

namespace {

constexpr int kLeft = 12; // room of the bar

bool mentions(const Field& field, const QString& text)
{
    if (QString::fromStdString(field.name).contains(text, Qt::CaseInsensitive)) return true;
    if (text.size() > 2 && QString::fromStdString(field.help).contains(text, Qt::CaseInsensitive)) return true;
    const auto below = [&](const Field& member) { return mentions(member, text); };
    return std::any_of(field.fields.begin(), field.fields.end(), below) ||
           std::any_of(field.items.begin(), field.items.end(), below);
}

} // namespace

FieldRow::FieldRow(const Field& field, const QString& path, FormContext& context, QWidget* parent)
    : QWidget(parent),
      field_(field),
      path_(path),
      context_(context),
      layout_(new QVBoxLayout(this)),
      head_(new QHBoxLayout)
{
    setObjectName("row:" + path);
    layout_->setContentsMargins(kLeft, 5, path.count('/') > 1 ? 0 : 8,
                                3); // sections have the room at the right already
    layout_->setSpacing(2);
    head_->setContentsMargins(0, 0, 0, 0);
    head_->setSpacing(2);
    layout_->addLayout(head_);
    makeHead();
    if (isSection()) {
        const auto remembered = context.expanded.find(context.place + path);
        if (remembered != context.expanded.end() && remembered->second) setExpanded(true);
    } else {
        makeEditor();
    }
    connect(&Theme::instance(), &Theme::changed, this, &FieldRow::dress);
    dress();
}

QToolButton* FieldRow::headButton(const QString& name, const QString& icon, const QString& text)
{
    auto* button = new QToolButton(this);
    button->setObjectName(name + ":" + path_);
    button->setProperty("iconName", icon);
    button->setAutoRaise(true);
    button->setToolTip(text);
    button->setAccessibleName(text + ": " + QString::fromStdString(field_.name));
    const int size = fontMetrics().height();
    button->setIconSize({size, size});
    button->setFixedSize(size + 6, size + 6);
    return button;
}

void FieldRow::makeHead()
{
    const QString name = QString::fromStdString(field_.name);
    if (isSection()) {
        fold_ = headButton("fold", "chevron-right", tr("Unfold or fold"));
        head_->addWidget(fold_, 0, Qt::AlignTop);
        connect(fold_, &QToolButton::clicked, this, [this] {
            context_.expanded[context_.place + path_] = !expanded_;
            setExpanded(!expanded_);
        });
    }
    const bool named = field_.type == Field::Type::Boolean && field_.allowed.empty(); // the check box bears the name
    auto* label = new NameLabel(name, this);
    label->setToolTip(
        QString("<b>%1</b><br>%2").arg(name.toHtmlEscaped(), QString::fromStdString(field_.help).toHtmlEscaped()));
    label->setHidden(named);
    QFont font = label->font();
    font.setWeight(isSection() ? QFont::DemiBold : QFont::Normal);
    label->setFont(font);
    head_->addWidget(label, named ? 0 : 4);
    if (isSection() || field_.type == Field::Type::List || field_.type == Field::Type::Map) {
        summary_ = new ElidedLabel({}, this);
        summary_->setToken(Theme::TextMuted);
        summary_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        head_->addWidget(summary_, 2);
    }
    if (isSection() && !field_.defaultValue && !field_.required) {
        add_ = headButton("add", "plus", tr("Add"));
        head_->addWidget(add_, 0, Qt::AlignTop);
        connect(add_, &QToolButton::clicked, this, [this] {
            setExpanded(true);
            take({}, Json::object());
            emit finished();
        });
    }
    restart_ = headButton("restart", "restart", tr("Takes effect at the next start of the run"));
    restart_->setFocusPolicy(Qt::NoFocus);
    restart_->setVisible(false);
    reset_ = headButton("reset", "reset", tr("Reset to default"));
    reset_->setVisible(false);
    help_ = headButton("help", "help", tr("Help"));
    help_->setCheckable(true);
    help_->setVisible(!field_.help.empty());
    help_->setFocusPolicy(Qt::ClickFocus); // Tab goes from field to field; the help is told as the field's description
    for (QToolButton* button : {restart_, reset_, help_})
        head_->addWidget(button, 0, Qt::AlignTop); // a name may take two lines
    connect(reset_, &QToolButton::clicked, this, [this] {
        refusal_.clear();
        take({}, std::nullopt);
        emit finished();
    });
    connect(help_, &QToolButton::clicked, this, [this](bool on) {
        QString text = QString::fromStdString(field_.help);
        if (!field_.rule.empty()) text += " " + tr("Rule: %1").arg(QString::fromStdString(field_.rule));
        showNote(helpText_, Theme::TextMuted, "", on ? text : QString());
    });
}

void FieldRow::makeEditor()
{
    editor_ = gui::makeEditor(field_, path_, context_, this);
    if (editor_->showsName())
        head_->insertWidget(0, editor_, 1);
    else
        layout_->insertWidget(1, editor_);
    connect(editor_, &ValueEditor::edited, this, &FieldRow::take);
    connect(editor_, &ValueEditor::finished, this, &FieldRow::finished);
    connect(editor_, &ValueEditor::refused, this, &FieldRow::showRefusal);
    if (isSection()) {
        editor_->layout()->setContentsMargins(4, 2, 0, 2);
    }
}

void FieldRow::take(const QString& pointer, const std::optional<Json>& value)
{
    if (context_.running && fixed() && pointer.isEmpty()) context_.waiting.insert(context_.subject + path_);
    emit edited(pointer, value);
    showWaiting();
}

bool FieldRow::fixed() const
{
    for (const QWidget* widget = this; widget; widget = widget->parentWidget())
        if (const auto* row = qobject_cast<const FieldRow*>(widget); row && !row->field_.live) return true;
    return false;
}

bool FieldRow::unfoldsAtFirst() const
{
    if (context_.expanded.contains(context_.place + path_)) return false;
    return written_ || (path_.count('/') == 1 && field_.defaultValue && field_.fields.size() <= 12);
}

void FieldRow::showValues(const Values& values)
{
    values_.clear();
    missing_ = false;
    written_ = false;
    for (const Json* value : values) {
        values_.push_back(value ? std::optional<Json>(*value) : std::nullopt);
        written_ = written_ || value;
        missing_ = missing_ || !value;
    }
    const bool optional = !field_.required || field_.defaultValue;
    reset_->setVisible(written_ && optional);
    if (add_) add_->setVisible(!written_);
    if (isSection() && !expanded_ && unfoldsAtFirst()) setExpanded(true);
    if (editor_) editor_->showValues(values);
    showProblems(std::vector<Problem>(problems_));
    showSummary();
    showWaiting();
    update();
}

void FieldRow::setExpanded(bool expanded)
{
    if (!isSection() || expanded == expanded_) return;
    expanded_ = expanded;
    fold_->setProperty("iconName", expanded ? "chevron-down" : "chevron-right");
    if (expanded && !editor_) {
        makeEditor();
        Values values;
        for (const auto& value : values_)
            values.push_back(value ? &*value : nullptr);
        editor_->showValues(values);
        editor_->filter(filter_);
        editor_->runChanged();
    }
    if (editor_) editor_->setVisible(expanded);
    showProblems(std::vector<Problem>(problems_));
    showSummary();
    dress();
}

void FieldRow::showSummary()
{
    if (!summary_ || values_.empty()) return;
    const std::optional<Json>& value = values_.front();
    QString text;
    if (isSection() && !expanded_) {
        const Json shown = value.value_or(field_.defaultValue.value_or(Json()));
        const auto shorthand =
            field_.shorthand.empty() || !shown.is_object() ? shown.end() : shown.find(field_.shorthand);
        if (!value && !field_.defaultValue)
            text = tr("not set");
        else if (shown.is_string())
            text = QString::fromStdString(shown.get<std::string>());
        else if (shown.is_object() && shorthand != shown.end() && shorthand->is_string())
            text = QString::fromStdString(shorthand->get<std::string>());
        else if (shown.is_object() && !shown.empty())
            text = tr("%1 set").arg(shown.size());
    } else if (isSection() && !value && !field_.defaultValue) {
        text = tr("not set");
    } else if (!isSection()) {
        const bool any = value && value->is_structured() && !value->empty();
        text = any ? value->size() == 1 ? tr("1 item") : tr("%1 items").arg(value->size()) : QString();
    }
    summary_->setText(text);
    summary_->setHidden(text.isEmpty());
}

void FieldRow::showProblems(const std::vector<Problem>& problems)
{
    problems_ = problems;
    if (editor_) editor_->showProblems(problems);
    QString text = refusal_;
    if (text.isEmpty() && missing_ && field_.required && !field_.defaultValue)
        text = tr("%1 is required.").arg(QString::fromStdString(field_.name));
    std::size_t inside = 0;
    for (const Problem& problem : problems) {
        if (problem.place.empty() && text.isEmpty()) text = sentence(problem.message);
        if (!problem.place.empty()) ++inside;
    }
    if (text.isEmpty() && inside > 0 && isSection() && !expanded_)
        text = inside == 1 ? tr("1 problem inside.") : tr("%1 problems inside.").arg(inside);
    showNote(wrong_, Theme::Failing, "error", text);
}

void FieldRow::showRefusal(const QString& message)
{
    if (refusal_ == message) return;
    refusal_ = message;
    showProblems(std::vector<Problem>(problems_));
}

void FieldRow::showNote(NoteLabel*& label, Theme::Token token, const char* icon, const QString& text)
{
    if (!label) {
        if (text.isEmpty()) return;
        label = new NoteLabel(token, icon, this);
        label->setObjectName((*icon ? QString(icon) : QString("helpText")) + ":" + path_);
        layout_->addWidget(label);
    }
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

void FieldRow::showWaiting()
{
    restart_->setVisible(context_.running && fixed());
    const bool waits = context_.running && context_.waiting.contains(context_.subject + path_);
    showNote(waiting_, Theme::Throttling, "restart", waits ? tr("Takes effect at the next start.") : QString());
}

void FieldRow::runChanged()
{
    showWaiting();
    if (editor_) editor_->runChanged();
}

void FieldRow::focusAt(const QString& pointer)
{
    setExpanded(true);
    if (editor_) editor_->focusAt(pointer);
}

bool FieldRow::filter(const QString& text)
{
    filter_ = text;
    if (text.isEmpty()) {
        if (isSection() && editor_) editor_->filter({});
        return true;
    }
    const bool own = QString::fromStdString(field_.name).contains(text, Qt::CaseInsensitive);
    if (!own && !mentions(field_, text)) return false;
    if (isSection()) {
        setExpanded(true);
        editor_->filter(own ? QString() : text);
    }
    return true;
}

void FieldRow::dress()
{
    for (QToolButton* button : {fold_, add_, restart_, help_, reset_}) {
        if (!button) continue;
        Theme::Token token = Theme::TextMuted;
        if (button == help_ && !hovered_ && !help_->isChecked()) token = Theme::Border;
        if (button == restart_) token = Theme::Throttling;
        button->setIcon(Theme::instance().icon(button->property("iconName").toString(), colour(token)));
    }
    update();
}

void FieldRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (written_) painter.fillRect(QRectF(3, 5, 3, height() - 8), colour(Theme::Accent));
    if (isSection() && expanded_ && editor_)
        painter.fillRect(QRectF(kLeft + 4, editor_->y(), 1, editor_->height() - 4), colour(Theme::Border));
}

void FieldRow::mousePressEvent(QMouseEvent* event)
{
    // The whole head of a section folds it.
    if (fold_ && event->button() == Qt::LeftButton && event->pos().y() <= fold_->geometry().bottom() + 2)
        fold_->click();
    else
        QWidget::mousePressEvent(event);
}

void FieldRow::enterEvent(QEnterEvent* event)
{
    hovered_ = true;
    dress();
    QWidget::enterEvent(event);
}

void FieldRow::leaveEvent(QEvent* event)
{
    hovered_ = false;
    dress();
    QWidget::leaveEvent(event);
}

} // namespace streamwright::gui
