// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/search_popup.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "app/gui/theme/theme.h"
#include "app/session/fuzzy.h"

namespace streamwright::gui {

namespace {

constexpr int kDetail = Qt::UserRole + 1;

// The title, and the detail muted behind it, cut where there is no room.
class EntryDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyleOptionViewItem shown = option;
        initStyleOption(&shown, index);
        QApplication::style()->drawControl(QStyle::CE_ItemViewItem, &shown, painter, shown.widget);
        const int left = shown.decorationSize.width() + 14 + shown.fontMetrics.horizontalAdvance(shown.text) + 14;
        const QRect room = shown.rect.adjusted(left, 0, -6, 0);
        const QString detail = index.data(kDetail).toString();
        if (detail.isEmpty() || room.width() < 30) return;
        const bool chosen = shown.state & QStyle::State_Selected;
        painter->setPen(colour(chosen ? Theme::TextOnAccent : Theme::TextMuted));
        painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeft,
                          shown.fontMetrics.elidedText(detail, Qt::ElideRight, room.width()));
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return QStyledItemDelegate::sizeHint(option, index).expandedTo(QSize(0, option.fontMetrics.height() + 8));
    }
};

} // namespace

SearchPopup::SearchPopup(const QString& name, QWidget* parent)
    : QFrame(parent),
      field_(new QLineEdit(this)),
      list_(new QListWidget(this))
{
    setObjectName(name);
    setFrameShape(StyledPanel);
    setAutoFillBackground(true);
    field_->setObjectName(name + "Field");
    field_->setClearButtonEnabled(true);
    list_->setObjectName(name + "List");
    list_->setFrameShape(NoFrame);
    list_->setFocusPolicy(Qt::NoFocus);
    list_->setUniformItemSizes(true);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setItemDelegate(new EntryDelegate(list_));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(6);
    layout->addWidget(field_);
    layout->addWidget(list_);
    field_->installEventFilter(this);
    connect(field_, &QLineEdit::textChanged, this, &SearchPopup::filter);
    connect(list_, &QListWidget::itemClicked, this, &SearchPopup::take);
    hide();
}

void SearchPopup::open(QPoint at, const QString& prompt, std::vector<SearchEntry> entries, const QString& empty)
{
    entries_ = std::move(entries);
    empty_ = empty;
    field_->setPlaceholderText(prompt);
    field_->setAccessibleName(prompt);
    list_->setAccessibleName(prompt);
    field_->clear();
    const int line = fontMetrics().height();
    list_->setIconSize(QSize(line, line));
    const int height = std::clamp(static_cast<int>(entries_.size()), 3, 9) * (line + 8) + 2 * line + 34;
    resize(std::min(fontMetrics().averageCharWidth() * 52, parentWidget()->width()), height);
    at.setX(std::clamp(at.x(), 0, std::max(0, parentWidget()->width() - width())));
    at.setY(std::clamp(at.y(), 0, std::max(0, parentWidget()->height() - this->height())));
    move(at);
    filter({});
    show();
    raise();
    field_->setFocus(Qt::PopupFocusReason);
}

void SearchPopup::dismiss()
{
    if (!isVisible()) return;
    hide();
    parentWidget()->setFocus(Qt::PopupFocusReason);
}

void SearchPopup::filter(const QString& text)
{
    const std::string query = text.trimmed().toStdString();
    std::vector<std::pair<double, std::size_t>> hits;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        const double title = fuzzyScore(query, entries_[i].title.toStdString());
        const double detail = fuzzyScore(query, entries_[i].detail.toStdString()) / 2;
        if (title > 0 || detail > 0) hits.emplace_back(std::max(title, detail), i);
    }
    std::stable_sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    list_->clear();
    for (const auto& [score, index] : hits) {
        const SearchEntry& entry = entries_[index];
        auto* item = new QListWidgetItem(entry.icon, entry.title, list_);
        item->setData(kDetail, entry.detail);
        item->setData(Qt::AccessibleTextRole, entry.title + ", " + entry.detail);
        item->setData(Qt::UserRole, static_cast<qulonglong>(index));
        item->setToolTip(entry.detail);
    }
    if (hits.empty()) {
        auto* nothing = new QListWidgetItem(entries_.empty() ? empty_ : tr("Nothing is called so"), list_);
        nothing->setFlags(Qt::NoItemFlags);
    } else {
        list_->setCurrentRow(0);
    }
}

void SearchPopup::take(QListWidgetItem* item)
{
    if (!item || !(item->flags() & Qt::ItemIsEnabled)) return;
    const auto act = entries_[item->data(Qt::UserRole).toULongLong()].take;
    dismiss();
    act();
}

bool SearchPopup::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut && isVisible() &&
        static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason)
        hide();
    if (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool isPress = event->type() == QEvent::KeyPress;
        const int rows = list_->count();
        switch (key->key()) {
        case Qt::Key_Escape:
            if (isPress) dismiss();
            event->accept();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (isPress) take(list_->currentItem());
            event->accept();
            return true;
        case Qt::Key_Up:
        case Qt::Key_Down:
            if (isPress && rows > 0)
                list_->setCurrentRow((list_->currentRow() + (key->key() == Qt::Key_Down ? 1 : rows - 1)) % rows);
            event->accept();
            return true;
        default:
            break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace streamwright::gui
