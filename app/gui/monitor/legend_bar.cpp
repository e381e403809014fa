// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/monitor/legend_bar.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <numeric>

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

namespace {
constexpr int kSwatch = 14;
constexpr int kGap = 12;

// "shardId-" of "shardId-3" and "shardId-10".
QString sharedPrefix(const ChartData& data)
{
    if (data.lines.size() < 2) return {};
    QString prefix = data.lines[0].label;
    for (const ChartLine& line : data.lines) {
        qsizetype same = 0;
        while (same < std::min(prefix.size(), line.label.size()) && prefix[same] == line.label[same])
            ++same;
        prefix.truncate(same);
    }
    while (!prefix.isEmpty() && prefix.back().isLetterOrNumber())
        prefix.chop(1);
    return prefix;
}

} // namespace

LegendBar::LegendBar(QWidget* parent) : QWidget(parent)
{
    setObjectName("legend");
    setAccessibleName(tr("Legend: click takes a line away, Ctrl+click all others"));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    setFont(small);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void LegendBar::setData(const ChartData& data)
{
    std::vector<Entry> entries;
    const QString prefix = sharedPrefix(data);
    for (const ChartLine& line : data.lines)
        entries.push_back({line.key, line.label.mid(prefix.size())});
    prefix_ = prefix;
    if (entries == entries_ && note_ == data.note) return;
    entries_ = std::move(entries);
    note_ = data.note;
    current_ = std::min(current_, std::max(0, count() - 1));
    setVisible(entries_.size() > 1 || !note_.isEmpty());
    update();
}

QSize LegendBar::sizeHint() const { return {100, fontMetrics().height() + 4}; }

int LegendBar::wantedWidth(const Entry& entry) const
{
    return kSwatch + fontMetrics().horizontalAdvance(entry.label) + kGap;
}

int LegendBar::prefixWidth() const
{
    // Said only where there is room for it.
    const int wide = prefix_.isEmpty() ? 0 : fontMetrics().horizontalAdvance(prefix_) + 6;
    const int all = std::accumulate(entries_.begin(), entries_.end(), wide,
                                    [this](int sum, const Entry& entry) { return sum + wantedWidth(entry); });
    return all <= width() ? wide : 0;
}

QRect LegendBar::entryRect(int index) const
{
    const int room = width() - prefixWidth() - (note_.isEmpty() ? 0 : fontMetrics().horizontalAdvance(note_) + 4);
    const int all = std::accumulate(entries_.begin(), entries_.end(), 0,
                                    [this](int sum, const Entry& entry) { return sum + wantedWidth(entry); });
    const double squeeze = all > room ? static_cast<double>(room) / all : 1;
    double left = prefixWidth();
    for (int i = 0; i < index; ++i)
        left += wantedWidth(entries_[i]) * squeeze;
    return {static_cast<int>(left), 0, static_cast<int>(wantedWidth(entries_[index]) * squeeze), height()};
}

int LegendBar::entryAt(const QPoint& at) const
{
    for (int i = 0; i < count(); ++i)
        if (entryRect(i).contains(at)) return i;
    return -1;
}

void LegendBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    int right = prefixWidth();
    painter.setPen(colour(Theme::TextMuted));
    if (right > 0) painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft, prefix_);
    for (int i = 0; i < count(); ++i) {
        const QRect rect = entryRect(i);
        const bool off = hidden_.contains(entries_[i].key);
        painter.setPen(
            QPen(off ? colour(Theme::Border) : Theme::instance().seriesColour(i), 3, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(rect.left() + 2, rect.center().y() + 1, rect.left() + kSwatch - 5, rect.center().y() + 1);
        painter.setPen(colour(off ? Theme::TextMuted : Theme::Text));
        QFont face = font();
        face.setStrikeOut(off);
        painter.setFont(face);
        const QRect text = rect.adjusted(kSwatch, 0, -4, 0);
        painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                         fontMetrics().elidedText(entries_[i].label, Qt::ElideRight, text.width() + 4));
        if (hasFocus() && i == current_) {
            painter.setPen(QPen(colour(Theme::Accent), 1));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -3.5, -0.5), 3, 3);
        }
        right = rect.right();
    }
    painter.setFont(font());
    painter.setPen(colour(Theme::TextMuted));
    painter.drawText(rect().adjusted(right + 2, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, note_);
}

void LegendBar::toggle(int index, bool alone)
{
    if (index < 0 || index >= count()) return;
    const std::string& key = entries_[index].key;
    if (alone) {
        // Alone already: all come back.
        const bool all = static_cast<int>(hidden_.size()) == count() - 1 && !hidden_.contains(key);
        hidden_.clear();
        if (!all)
            for (const Entry& entry : entries_)
                if (entry.key != key) hidden_.insert(entry.key);
    } else if (hidden_.erase(key) == 0) {
        hidden_.insert(key);
    }
    current_ = index;
    update();
    emit hiddenChanged();
}

void LegendBar::mousePressEvent(QMouseEvent* event)
{
    toggle(entryAt(event->pos()), event->modifiers() & Qt::ControlModifier);
}

void LegendBar::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        current_ = std::clamp(current_ + (event->key() == Qt::Key_Left ? -1 : 1), 0, std::max(0, count() - 1));
        update();
    } else if (event->key() == Qt::Key_Space || event->key() == Qt::Key_Return) {
        toggle(current_, event->modifiers() & Qt::ControlModifier);
    } else {
        QWidget::keyPressEvent(event);
    }
}

bool LegendBar::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int index = entryAt(help->pos());
        QToolTip::showText(
            help->globalPos(),
            index < 0 ? QString()
                      : tr("%1: click takes it away, Ctrl+click all others").arg(prefix_ + entries_[index].label),
            this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace streamwright::gui
