// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/palette/palette_view.h"

#include <QDrag>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include "app/gui/palette/palette_model.h"
#include "app/gui/theme/theme.h"

namespace streamwright::gui {

namespace {

int gapOf(const QFontMetrics& metrics) { return std::max(4, metrics.height() / 3); }

QFont smaller(QFont font)
{
    font.setPointSizeF(font.pointSizeF() * 0.9);
    return font;
}

void paintTile(QPainter& painter, const QRect& tile, const QString& icon, const QString& family)
{
    const QColor hue = Theme::instance().familyColour(family);
    QColor ground = hue;
    ground.setAlphaF(0.14F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(tile, tile.width() / 5.0, tile.width() / 5.0);
    const int inset = tile.width() / 6;
    Theme::instance().icon(icon, hue).paint(&painter, tile.adjusted(inset, inset, -inset, -inset));
}

// Of a narrow row most is for the name.
QRect tileOf(const QRect& row, const QFontMetrics& metrics)
{
    const int gap = gapOf(metrics);
    const int side = row.width() < metrics.height() * 12 ? metrics.height() + gap : row.height() - 2 * gap;
    return {row.left() + gap, row.center().y() - side / 2, side, side};
}

QRect textOf(const QRect& row, const QFontMetrics& metrics)
{
    const int gap = gapOf(metrics);
    return QRect(QPoint(tileOf(row, metrics).right() + gap + 2, row.top() + gap), row.bottomRight() - QPoint(gap, gap));
}

// The last space before which the text fits where all of it does not; -1 where it needs no break or has no such space.
int lineBreak(const QString& text, const QFontMetrics& metrics, int width)
{
    if (metrics.horizontalAdvance(text) <= width) return -1;
    int space = static_cast<int>(text.lastIndexOf(' '));
    while (space > 0 && metrics.horizontalAdvance(text.left(space)) > width)
        space = static_cast<int>(text.lastIndexOf(' ', space - 1));
    return space;
}

class KindDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const int line = option.fontMetrics.height();
        const int gap = gapOf(option.fontMetrics);
        if (!index.parent().isValid()) return {0, line + 2 * gap};
        return {0, line + QFontMetrics(smaller(option.font)).height() + 2 * gap};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        paintGround(*painter, option);
        index.parent().isValid() ? paintKind(*painter, option, index) : paintFamily(*painter, option, index);
        painter->restore();
    }

private:
    static void paintGround(QPainter& painter, const QStyleOptionViewItem& option)
    {
        const bool selected = option.state & QStyle::State_Selected;
        const bool hovered = option.state & QStyle::State_MouseOver;
        if (!selected && !hovered) return;
        painter.setBrush(colour(selected ? Theme::AccentSoft : Theme::SurfaceRaised));
        const bool focused = selected && (option.state & QStyle::State_HasFocus);
        painter.setPen(focused ? QPen(colour(Theme::Accent), 1) : QPen(Qt::NoPen));
        painter.drawRoundedRect(QRectF(option.rect).adjusted(3.5, 0.5, -3.5, -0.5), 5, 5);
    }

    static void paintFamily(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index)
    {
        const QFontMetrics& metrics = option.fontMetrics;
        const int size = metrics.height();
        const int gap = gapOf(metrics);
        const QRect arrow(option.rect.left() + gap, option.rect.center().y() - size / 2, size, size);
        const bool open = option.state & QStyle::State_Open;
        Theme::instance()
            .icon(open ? "chevron-down" : "chevron-right", colour(Theme::TextMuted))
            .paint(&painter, arrow.adjusted(1, 1, -1, -1));
        QFont font = smaller(option.font);
        font.setBold(true);
        painter.setFont(font);
        painter.setPen(colour(Theme::TextMuted));
        const QRect text = option.rect.adjusted(arrow.right() + gap / 2 - option.rect.left(), 0, -gap, 0);
        painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft, index.data().toString());
    }

    static void paintKind(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index)
    {
        const QFontMetrics& metrics = option.fontMetrics;
        const QRect tile = tileOf(option.rect, metrics);
        paintTile(painter, tile, index.data(PaletteModel::IconNameRole).toString(),
                  index.data(PaletteModel::FamilyRole).toString());
        const QRect text = textOf(option.rect, metrics);
        const QString title = index.data().toString();
        painter.setFont(option.font);
        painter.setPen(colour(Theme::Text));
        const int split = lineBreak(title, metrics, text.width());
        if (split > 0) { // in a narrow panel the name is worth more than the help
            painter.drawText(text, Qt::AlignTop | Qt::AlignLeft, title.left(split));
            painter.drawText(text, Qt::AlignBottom | Qt::AlignLeft,
                             metrics.elidedText(title.mid(split + 1), Qt::ElideRight, text.width()));
            return;
        }
        painter.drawText(text, Qt::AlignTop | Qt::AlignLeft, metrics.elidedText(title, Qt::ElideRight, text.width()));
        const QFont small = smaller(option.font);
        painter.setFont(small);
        painter.setPen(colour(Theme::TextMuted));
        painter.drawText(text, Qt::AlignBottom | Qt::AlignLeft,
                         QFontMetrics(small).elidedText(index.data(PaletteModel::HelpRole).toString(), Qt::ElideRight,
                                                        text.width()));
    }
};

// A small node, as it will stand on the canvas.
QPixmap dragPicture(const QModelIndex& index, const QWidget& view)
{
    const QFontMetrics metrics = view.fontMetrics();
    const QString title = index.data().toString();
    const int gap = gapOf(metrics);
    const int side = metrics.height() + gap;
    const QSize size(side + metrics.horizontalAdvance(title) + 4 * gap, side + 2 * gap);
    const qreal ratio = view.devicePixelRatioF();
    QPixmap picture(size * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(colour(Theme::NodeBody));
    painter.setPen(colour(Theme::Accent));
    painter.drawRoundedRect(QRectF(QPointF(0.5, 0.5), QSizeF(size) - QSizeF(1, 1)), 6, 6);
    paintTile(painter, QRect(gap, gap, side, side), index.data(PaletteModel::IconNameRole).toString(),
              index.data(PaletteModel::FamilyRole).toString());
    painter.setPen(colour(Theme::Text));
    painter.setFont(view.font());
    painter.drawText(QRect(side + 2 * gap, 0, size.width(), size.height()), Qt::AlignVCenter | Qt::AlignLeft, title);
    return picture;
}

} // namespace

PaletteView::PaletteView(QWidget* parent) : QTreeView(parent)
{
    setObjectName("paletteTree");
    setAccessibleName(tr("Node kinds"));
    setHeaderHidden(true);
    setRootIsDecorated(false);
    setIndentation(0);
    setFrameShape(QFrame::NoFrame);
    setDragEnabled(true);
    setDragDropMode(QAbstractItemView::DragOnly);
    setMouseTracking(true);
    setExpandsOnDoubleClick(false);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegate(new KindDelegate(this));
    connect(this, &QTreeView::doubleClicked, this, [this](const QModelIndex& index) {
        if (index.parent().isValid()) activate(index);
    });
    connect(&Theme::instance(), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

bool PaletteView::showsWholeTitle(const QModelIndex& kind) const
{
    const QFontMetrics metrics = fontMetrics();
    const QString title = kind.data().toString();
    const int width = textOf(visualRect(kind), metrics).width();
    return metrics.horizontalAdvance(title.mid(lineBreak(title, metrics, width) + 1)) <= width;
}

void PaletteView::activate(const QModelIndex& index)
{
    if (!index.isValid()) return;
    if (const QString kind = index.data(PaletteModel::KindRole).toString(); !kind.isEmpty())
        emit kindActivated(kind);
    else
        setExpanded(index, !isExpanded(index));
}

void PaletteView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)
        activate(currentIndex());
    else
        QTreeView::keyPressEvent(event);
}

void PaletteView::mouseReleaseEvent(QMouseEvent* event)
{
    QTreeView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->pos());
    if (event->button() == Qt::LeftButton && index.isValid() && !index.parent().isValid()) activate(index);
}

void PaletteView::startDrag(Qt::DropActions actions)
{
    const QModelIndex index = currentIndex();
    QMimeData* data = model()->mimeData({index});
    if (!data) return;
    auto* drag = new QDrag(this);
    drag->setMimeData(data);
    const QPixmap picture = dragPicture(index, *this);
    drag->setPixmap(picture);
    drag->setHotSpot(QPoint(picture.width(), picture.height()) / (2 * picture.devicePixelRatio()));
    drag->exec(actions, Qt::CopyAction);
}

void PaletteView::resizeEvent(QResizeEvent* event)
{
    QTreeView::resizeEvent(event);
    viewport()->update(); // elided texts
}

} // namespace streamwright::gui
