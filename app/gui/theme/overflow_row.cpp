// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/theme/overflow_row.h"

#include <QMenu>
#include <algorithm>
#include <utility>

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

namespace {

constexpr int kSpacing = 2;

// What the words beside an icon take, as QToolButton reckons it.
int wordsWidth(const QToolButton& button)
{
    const QFontMetrics metrics = button.fontMetrics();
    return 4 + metrics.size(Qt::TextShowMnemonic, button.text()).width() + 2 * metrics.horizontalAdvance(' ');
}

} // namespace

OverflowRow::OverflowRow(QWidget* parent) : QWidget(parent), layout_(new QHBoxLayout(this)), more_(new QToolButton)
{
    layout_->setContentsMargins(0, 0, 0, 0);
    layout_->setSpacing(kSpacing);
    layout_->setSizeConstraint(QLayout::SetNoConstraint); // else what is hidden later holds the row open
    more_->setObjectName("moreButton");
    more_->setAccessibleName(tr("More"));
    more_->setToolTip(tr("What has no room here"));
    more_->setAutoRaise(true);
    more_->setPopupMode(QToolButton::InstantPopup);
    more_->setStyleSheet("QToolButton::menu-indicator { image: none; }");
    auto* menu = new QMenu(more_);
    menu->setObjectName("moreMenu");
    more_->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, &OverflowRow::fillMenu);
    const auto dress = [this] { more_->setIcon(Theme::instance().icon("more")); };
    connect(&Theme::instance(), &Theme::changed, more_, dress);
    dress();
    more_->hide();
    layout_->addWidget(more_);
}

void OverflowRow::put(Entry entry, int stretch)
{
    if (gap_ > 0) layout_->insertSpacing(layout_->count() - 1, gap_);
    entry.gap = std::exchange(gap_, 0);
    layout_->insertWidget(layout_->count() - 1, entry.widget, stretch);
    movable_ += !entry.isFixed();
    entries_.push_back(entry);
}

QToolButton* OverflowRow::add(QAction* action, Qt::ToolButtonStyle style)
{
    auto* button = new QToolButton;
    button->setDefaultAction(action);
    button->setToolButtonStyle(style);
    button->setAutoRaise(true);
    button->setObjectName(action->objectName() + "Button");
    button->setAccessibleName(action->text());
    connect(action, &QAction::changed, this, [this, action, button] {
        button->setAccessibleName(action->text());
        arrange();
    });
    put({button, action, nullptr, style}, 0);
    return button;
}

void OverflowRow::add(QComboBox* choice) { put({choice, nullptr, choice}, 0); }
void OverflowRow::addFixed(QWidget* widget, int stretch) { put({widget}, stretch); }
void OverflowRow::addStretch() { layout_->insertStretch(layout_->count() - 1, 1); }
void OverflowRow::addGap(int width) { gap_ = width; }

bool OverflowRow::wanted(const Entry& entry) const
{
    return entry.action ? entry.action->isVisible() : entry.choice || !entry.widget->isHidden();
}

int OverflowRow::widthOf(const Entry& entry, bool worded) const
{
    if (!entry.action) {
        const int least = entry.isFixed() ? entry.widget->minimumSizeHint().width() : entry.widget->sizeHint().width();
        return std::clamp(least, entry.widget->minimumWidth(), entry.widget->maximumWidth());
    }
    const auto& button = static_cast<const QToolButton&>(*entry.widget);
    button.ensurePolished();
    int width = button.sizeHint().width();
    if (entry.style != Qt::ToolButtonTextBesideIcon) return width;
    const bool isWorded = button.toolButtonStyle() == Qt::ToolButtonTextBesideIcon;
    if (worded != isWorded) width += worded ? wordsWidth(button) : -wordsWidth(button);
    return width;
}

int OverflowRow::needed(std::size_t shown, bool worded) const
{
    int sum = 0;
    std::size_t seen = 0;
    for (const Entry& entry : entries_) {
        const bool room = entry.isFixed() || seen++ < shown;
        sum += entry.gap;
        if (room && wanted(entry)) sum += widthOf(entry, worded) + kSpacing;
    }
    return sum;
}

QSize OverflowRow::minimumSizeHint() const
{
    int height = more_->sizeHint().height();
    for (const Entry& entry : entries_)
        height = std::max(height, entry.widget->sizeHint().height());
    return {needed(0, false) + more_->sizeHint().width() + kSpacing, height};
}

void OverflowRow::arrange()
{
    if (arranging_) return;
    arranging_ = true;
    const int room = contentsRect().width();
    const bool worded = needed(movable_, true) <= room;
    std::size_t shown = movable_;
    if (!worded && needed(movable_, false) > room)
        while (shown > 0 && needed(shown, false) + more_->sizeHint().width() + kSpacing > room)
            --shown;
    std::size_t seen = 0;
    bool left = false; // something for the menu
    for (const Entry& entry : entries_) {
        if (entry.isFixed()) continue;
        const bool fits = seen++ < shown;
        left = left || (!fits && wanted(entry));
        entry.widget->setVisible(fits && wanted(entry));
        if (entry.style == Qt::ToolButtonTextBesideIcon)
            static_cast<QToolButton*>(entry.widget)
                ->setToolButtonStyle(worded ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    }
    more_->setVisible(left);
    arranging_ = false;
}

void OverflowRow::fillMenu()
{
    QMenu& menu = *more_->menu();
    for (QMenu* old : menu.findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly))
        old->deleteLater();
    menu.clear();
    for (const Entry& entry : entries_) {
        if (entry.isFixed() || !wanted(entry) || !entry.widget->isHidden()) continue;
        if (entry.action) {
            menu.addAction(entry.action);
            continue;
        }
        QMenu* choices = menu.addMenu(entry.choice->accessibleName());
        for (int i = 0; i < entry.choice->count(); ++i) {
            QAction* made = choices->addAction(entry.choice->itemText(i));
            made->setCheckable(true);
            made->setChecked(i == entry.choice->currentIndex());
            connect(made, &QAction::triggered, entry.choice,
                    [choice = entry.choice, i] { choice->setCurrentIndex(i); });
        }
    }
}

void OverflowRow::resizeEvent(QResizeEvent* event)
{
    arrange();
    QWidget::resizeEvent(event);
}

bool OverflowRow::event(QEvent* event)
{
    const bool done = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest) arrange();
    return done;
}

} // namespace streamwright::gui
