// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/shell/tour.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QTimer>
#include <QVBoxLayout>

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

Tour::Tour(std::vector<Stop> stops, QWidget* window)
    : QFrame(window),
      stops_(std::move(stops)),
      ring_(new QWidget(window)),
      title_(new QLabel(this)),
      text_(new QLabel(this)),
      count_(new QLabel(this)),
      back_(new QPushButton(tr("Back"), this)),
      next_(new QPushButton(this)),
      skip_(new QPushButton(tr("Skip"), this))
{
    setObjectName("tour");
    ring_->setObjectName("tourRing");
    ring_->setAttribute(Qt::WA_TransparentForMouseEvents);
    QFont bold = title_->font();
    bold.setBold(true);
    bold.setPointSizeF(bold.pointSizeF() * 1.15);
    title_->setFont(bold);
    text_->setWordWrap(true);
    next_->setObjectName("tourNext");
    back_->setObjectName("tourBack");
    skip_->setObjectName("tourSkip");
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(skip_);
    buttons->addStretch();
    buttons->addWidget(count_);
    buttons->addWidget(back_);
    buttons->addWidget(next_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->addWidget(title_);
    layout->addWidget(text_);
    layout->addLayout(buttons);
    setFixedWidth(fontMetrics().averageCharWidth() * 58);
    connect(next_, &QPushButton::clicked, this, [this] { go(step_ + 1); });
    connect(back_, &QPushButton::clicked, this, [this] { go(step_ - 1); });
    connect(skip_, &QPushButton::clicked, this, &Tour::end);
    connect(&Theme::instance(), &Theme::changed, this, &Tour::showColours);
    window->installEventFilter(this);
    showColours();
    hide();
    ring_->hide();
}

void Tour::begin() { go(0); }

void Tour::go(int step)
{
    if (step >= static_cast<int>(stops_.size())) return end();
    step_ = std::max(step, 0);
    const Stop& stop = stops_[static_cast<std::size_t>(step_)];
    title_->setText(stop.title);
    text_->setText(stop.text);
    count_->setText(tr("%1 of %2").arg(step_ + 1).arg(stops_.size()));
    back_->setEnabled(step_ > 0);
    next_->setText(step_ + 1 == static_cast<int>(stops_.size()) ? tr("Done") : tr("Next"));
    if (target_) target_->removeEventFilter(this);
    target_ = stop.target();
    if (target_) target_->installEventFilter(this);
    setAccessibleName(stop.title);
    show();
    place();
    QTimer::singleShot(0, next_, [this] { next_->setFocus(); }); // after what the target does on being shown
}

void Tour::end()
{
    if (target_) target_->removeEventFilter(this);
    target_ = nullptr;
    hide();
    ring_->hide();
    emit ended();
}

void Tour::place()
{
    adjustSize();
    const QRect window = parentWidget()->rect().adjusted(12, 12, -12, -12);
    QRect spot = window;
    ring_->setVisible(target_ && target_->isVisible());
    if (ring_->isVisible()) {
        spot = QRect(target_->mapTo(parentWidget(), QPoint(0, 0)), target_->size());
        ring_->setGeometry(spot.adjusted(-3, -3, 3, 3).intersected(parentWidget()->rect()));
        ring_->raise();
    }
    // Beside the target where there is room, else over its middle.
    QPoint corner(spot.center().x() - width() / 2, spot.center().y() - height() / 2);
    if (spot.right() + 16 + width() < window.right())
        corner = {spot.right() + 16, spot.top() + 24};
    else if (spot.left() - 16 - width() > window.left())
        corner = {spot.left() - 16 - width(), spot.top() + 24};
    else if (spot.top() - 16 - height() > window.top())
        corner.setY(spot.top() - 16 - height());
    else if (spot.bottom() + 16 + height() < window.bottom())
        corner.setY(spot.bottom() + 16);
    move(std::clamp(corner.x(), window.left(), std::max(window.left(), window.right() - width())),
         std::clamp(corner.y(), window.top(), std::max(window.top(), window.bottom() - height())));
    raise();
}

bool Tour::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::Move) {
        if (isVisible()) place();
    } else if (event->type() == QEvent::Destroy && watched == target_) {
        target_ = nullptr;
    }
    return QFrame::eventFilter(watched, event);
}

void Tour::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) return end();
    QFrame::keyPressEvent(event);
}

void Tour::showColours()
{
    setStyleSheet(QString("#tour { background: %1; border: 2px solid %2; border-radius: 10px; }")
                      .arg(colour(Theme::Surface).name(), colour(Theme::Accent).name()));
    ring_->setStyleSheet(
        QString("#tourRing { border: 3px solid %1; border-radius: 6px; }").arg(colour(Theme::Accent).name()));
}

} // namespace streamwright::gui
