// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/monitor/key_list.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include "app/gui/monitor/number_text.h"
#include "app/gui/theme/theme.h"

namespace streamwright::gui {

namespace {
constexpr std::size_t kMostKeys = 10;
constexpr double kHot = 0.25; // a key with more than that is drawn as the culprit it is
} // namespace

KeyList::KeyList(QWidget* parent) : QWidget(parent)
{
    setObjectName("keyList");
    setMinimumWidth(1);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

int KeyList::rowHeight() const { return fontMetrics().height() + 5; }

QSize KeyList::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 30, static_cast<int>(keys_.size()) * rowHeight()};
}

void KeyList::setKeys(std::vector<LoadKey> keys)
{
    keys_ = std::move(keys);
    if (keys_.size() > kMostKeys) keys_.resize(kMostKeys);
    QStringList said;
    for (const LoadKey& key : keys_)
        said.append(QString("%1 %2 %").arg(QString::fromStdString(key.key)).arg(key.share * 100, 0, 'f', 1));
    setAccessibleName(tr("Top keys: %1").arg(said.join(", ")));
    updateGeometry();
    update();
}

void KeyList::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const int figures = fontMetrics().horizontalAdvance("100.0 %") + 6;
    const int height = rowHeight();
    const int names = (width() - figures) / 2;
    for (std::size_t i = 0; i < keys_.size(); ++i) {
        const LoadKey& key = keys_[i];
        const int y = static_cast<int>(i) * height;
        painter.setPen(colour(Theme::Text));
        painter.drawText(QRect(0, y, names - 8, height), Qt::AlignVCenter | Qt::AlignLeft,
                         fontMetrics().elidedText(QString::fromStdString(key.key), Qt::ElideMiddle, names - 8));
        const QRectF track(names, y + 4, width() - names - figures, height - 9);
        painter.fillRect(track, colour(Theme::SurfaceRaised));
        QRectF bar = track;
        bar.setWidth(track.width() * std::clamp(key.share, 0.0, 1.0));
        painter.fillRect(bar, colour(key.share >= kHot ? Theme::Failing : Theme::Accent));
        painter.drawText(QRect(width() - figures, y, figures, height), Qt::AlignVCenter | Qt::AlignRight,
                         QString("%1 %").arg(key.share * 100, 0, 'f', key.share < 0.1 ? 1 : 0));
    }
}

bool KeyList::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto row = static_cast<std::size_t>(std::max(0, help->pos().y() / rowHeight()));
    if (row < keys_.size()) {
        const LoadKey& key = keys_[row];
        QToolTip::showText(help->globalPos(),
                           tr("%1: %2, %3 (at least %4 %)")
                               .arg(QString::fromStdString(key.key), valueText(key.recordsPerSecond, "records/s"),
                                    valueText(key.bytesPerSecond, "Bytes/s"))
                               .arg(key.shareAtLeast * 100, 0, 'f', 1),
                           this);
    }
    return true;
}

} // namespace streamwright::gui
