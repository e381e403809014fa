// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/inspector/list_editor.h"

#include <QHBoxLayout>

#include "app/session/property_edits.h"

namespace streamwright::gui {

namespace {

class ItemFrame : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(colour(Theme::Border));
        painter.setBrush(colour(Theme::Surface));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
};

} // namespace

ListEditor::ListEditor(const Field& field, const QString& path, FormContext& context, QWidget* parent)
    : ValueEditor(field, path, context, parent),
      layout_(new QVBoxLayout(this)),
      add_(new QToolButton(this)),
      note_(new NoteLabel(Theme::TextMuted, {}, this))
{
    introduce(add_);
    layout_->setContentsMargins(0, 0, 0, 2);
    layout_->setSpacing(4);
    layout_->addWidget(note_);
    note_->setText(tr("Different in the selected nodes. Select one of them to edit it."));
    note_->hide();
    add_->setText(isMap() ? tr("Add entry") : tr("Add item"));
    add_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    add_->setAutoRaise(true);
    layout_->addWidget(add_, 0, Qt::AlignLeft);
    connect(add_, &QToolButton::clicked, this, &ListEditor::addItem);
    connect(&Theme::instance(), &Theme::changed, this, &ListEditor::dress);
    dress();
}

Json ListEditor::shown() const
{
    if (value_ && value_->is_structured()) return *value_;
    if (!value_ && field_.defaultValue && field_.defaultValue->is_structured()) return *field_.defaultValue;
    return isMap() ? Json::object() : Json::array();
}

QString ListEditor::pointerOf(std::size_t row) const
{
    return "/" + (isMap() ? QString::fromStdString(pointerToken(keys_[row])) : QString::number(row));
}

void ListEditor::showValues(const Values& values)
{
    const Common common = commonOf(values);
    note_->setVisible(common.various);
    add_->setVisible(!common.various);
    value_.reset();
    if (common.value) value_ = *common.value;
    Json items = shown();
    if (common.various) items.clear();
    keys_.clear();
    if (isMap())
        for (const auto& [key, item] : items.items())
            keys_.push_back(key);
    while (rows_.size() > items.size()) {
        rows_.back()->frame->hide();
        rows_.back()->frame->deleteLater();
        rows_.pop_back();
    }
    while (rows_.size() < items.size())
        makeRow(rows_.size());
    std::size_t index = 0;
    for (auto& [key, item] : items.items()) {
        Row& row = *rows_[index];
        row.title->setText(titleOf(index, item));
        if (row.key && !row.key->wrong()) row.key->showText(QString::fromStdString(key));
        if (row.up) row.up->setEnabled(index > 0);
        if (row.down) row.down->setEnabled(index + 1 < items.size());
        row.editor->showValues({&item});
        ++index;
    }
    const bool full = field_.maximum && !isMap() && static_cast<double>(items.size()) >= *field_.maximum;
    add_->setEnabled(!full);
    add_->setToolTip(full ? tr("No more than %1.").arg(*field_.maximum) : QString());
}

QString ListEditor::titleOf(std::size_t index, const Json& item) const
{
    const QString number = QString::number(index + 1);
    if (!item.is_object()) return number;
    for (const auto& [name, member] : item.items())
        if (member.is_string() && !member.get<std::string>().empty())
            return number + "  " + QString::fromStdString(member.get<std::string>());
    return number;
}

QToolButton* ListEditor::rowButton(const QString& name, const QString& icon, const QString& text, std::size_t index,
                                   QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setObjectName(QString("%1:%2/%3").arg(name, path_).arg(index));
    button->setProperty("iconName", icon);
    button->setToolTip(text);
    button->setAccessibleName(tr("%1: item %2").arg(text).arg(index + 1));
    button->setAutoRaise(true);
    const int size = fontMetrics().height();
    button->setIconSize({size, size});
    button->setFixedSize(size + 6, size + 6);
    return button;
}

void ListEditor::makeRow(std::size_t index)
{
    rows_.push_back(std::make_unique<Row>());
    Row* row = rows_.back().get();
    row->frame = new ItemFrame(this);
    auto* layout = new QVBoxLayout(row->frame);
    layout->setContentsMargins(8, 4, 4, 4);
    layout->setSpacing(2);
    auto* head = new QHBoxLayout;
    head->setSpacing(0);
    layout->addLayout(head);
    row->title = new ElidedLabel({}, row->frame);
    row->title->setToken(Theme::TextMuted);
    if (isMap()) {
        row->key = new LineField(row->frame);
        row->key->setObjectName(QString("key:%1/%2").arg(path_).arg(index));
        row->key->setAccessibleName(tr("Key %1").arg(index + 1));
        row->title->hide();
        head->addWidget(row->key, 1);
        connect(row->key, &QLineEdit::editingFinished, this,
                [this, index, row] { renameKey(index, row->key->text()); });
    } else {
        head->addWidget(row->title, 1);
        row->up = rowButton("up", "up", tr("Move up"), index, row->frame);
        row->down = rowButton("down", "down", tr("Move down"), index, row->frame);
        head->addWidget(row->up);
        head->addWidget(row->down);
        connect(row->up, &QToolButton::clicked, this, [this, index] { moveItem(index, -1); });
        connect(row->down, &QToolButton::clicked, this, [this, index] { moveItem(index, 1); });
    }
    auto* remove = rowButton("remove", "close", tr("Remove"), index, row->frame);
    head->addWidget(remove);
    connect(remove, &QToolButton::clicked, this, [this, index] { removeItem(index); });
    row->editor = makeEditor(field_.items.front(), QString("%1/%2").arg(path_).arg(index), context_, row->frame);
    // An object's rows bring their own margins.
    layout->addWidget(row->editor);
    row->wrong = new NoteLabel(Theme::Failing, "error", row->frame);
    row->wrong->setObjectName(QString("error:%1/%2").arg(path_).arg(index));
    row->wrong->hide();
    layout->addWidget(row->wrong);
    connect(row->editor, &ValueEditor::edited, this,
            [this, index](const QString& below, const std::optional<Json>& value) {
                // An item is removed by its button only: without a text it is an empty one.
                if (value || !below.isEmpty())
                    emit edited(pointerOf(index) + below, value);
                else if (field_.items.front().type == Field::Type::String)
                    emit edited(pointerOf(index), Json(""));
            });
    connect(row->editor, &ValueEditor::finished, this, &ValueEditor::finished);
    connect(row->editor, &ValueEditor::refused, this, [this, row](const QString& message) {
        row->refusal = message;
        showWrong(*row);
    });
    layout_->insertWidget(layout_->count() - 1, row->frame);
    dress();
}

void ListEditor::addItem()
{
    emit finished();
    Json items = shown();
    if (isMap()) {
        int n = 1;
        std::string key = "key1";
        while (items.contains(key))
            key = "key" + std::to_string(++n);
        items[key] = newValue(field_.items.front());
    } else {
        items.push_back(newValue(field_.items.front()));
    }
    emit edited({}, items);
    emit finished();
    if (!rows_.empty()) rows_.back()->editor->focusAt({});
}

void ListEditor::removeItem(std::size_t index)
{
    emit finished();
    Json items = shown();
    if (isMap())
        items.erase(keys_[index]);
    else
        items.erase(index);
    emit edited({}, items == field_.defaultValue ? std::optional<Json>() : std::optional<Json>(items));
    emit finished();
}

void ListEditor::moveItem(std::size_t index, int by)
{
    emit finished();
    Json items = shown();
    const std::size_t other = index + static_cast<std::size_t>(by);
    if (other >= items.size()) return;
    std::swap(items[index], items[other]);
    emit edited({}, items);
    emit finished();
}

void ListEditor::renameKey(std::size_t index, const QString& key)
{
    if (index >= keys_.size() || key.toStdString() == keys_[index]) return;
    const bool taken = std::find(keys_.begin(), keys_.end(), key.toStdString()) != keys_.end();
    rows_[index]->refusal = key.isEmpty() ? tr("A key has at least one character.")
                            : taken       ? tr("There is a key %1 already.").arg(key)
                                          : QString();
    rows_[index]->key->setWrong(!rows_[index]->refusal.isEmpty());
    showWrong(*rows_[index]);
    if (rows_[index]->key->wrong()) return;
    Json renamed = Json::object();
    const Json items = shown();
    for (const auto& [name, item] : items.items())
        renamed[name == keys_[index] ? key.toStdString() : name] = item;
    emit edited({}, renamed);
    emit finished();
}

void ListEditor::showProblems(const std::vector<Problem>& problems)
{
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const std::string prefix = pointerOf(i).toStdString();
        std::vector<Problem> below;
        rows_[i]->problem.clear();
        for (const Problem& problem : problems) {
            if (problem.place == prefix)
                rows_[i]->problem = sentence(problem.message);
            else if (problem.place.starts_with(prefix + "/"))
                below.push_back({problem.code, problem.message, problem.place.substr(prefix.size())});
        }
        rows_[i]->editor->showProblems(below);
        showWrong(*rows_[i]);
    }
}

void ListEditor::showWrong(Row& row)
{
    const QString text = row.refusal.isEmpty() ? row.problem : row.refusal;
    row.wrong->setText(text);
    row.wrong->setVisible(!text.isEmpty());
}

void ListEditor::focusAt(const QString& pointer)
{
    const std::vector<std::string> tokens = pointerTokens(pointer.toStdString());
    for (std::size_t i = 0; i < rows_.size() && !tokens.empty(); ++i)
        if (pointerOf(i).toStdString() == "/" + pointerToken(tokens[0])) {
            rows_[i]->editor->focusAt(pointer.mid(pointerOf(i).size()));
            return;
        }
    ValueEditor::focusAt(pointer);
}

void ListEditor::runChanged()
{
    for (const auto& row : rows_)
        row->editor->runChanged();
}

void ListEditor::dress()
{
    add_->setIcon(Theme::instance().icon("plus", colour(Theme::Accent)));
    for (QToolButton* button : findChildren<QToolButton*>())
        if (dynamic_cast<ItemFrame*>(button->parentWidget()))
            button->setIcon(Theme::instance().icon(button->property("iconName").toString(), colour(Theme::TextMuted)));
}

} // namespace streamwright::gui
