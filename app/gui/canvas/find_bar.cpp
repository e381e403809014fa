// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/find_bar.h"

#include <QGraphicsView>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/gui/canvas/canvas_items.h"

namespace streamwright::gui {

namespace {

QToolButton* button(QWidget* bar, QHBoxLayout* row, const char* name, const QString& icon, const QString& text)
{
    auto* made = new QToolButton(bar);
    made->setObjectName(name);
    made->setAutoRaise(true);
    made->setIcon(Theme::instance().icon(icon));
    made->setToolTip(text);
    made->setAccessibleName(text);
    row->addWidget(made);
    return made;
}

} // namespace

FindBar::FindBar(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      workbench_(workbench),
      words_(new QLineEdit(this)),
      count_(new QLabel(this)),
      where_(new QLabel(this))
{
    setObjectName("findBar");
    setAccessibleName(tr("Find in the drawing"));
    words_->setObjectName("findWords");
    words_->setAccessibleName(tr("What to find"));
    words_->setPlaceholderText(tr("Name, kind, property, value or state"));
    words_->setMinimumWidth(fontMetrics().averageCharWidth() * 34);
    count_->setObjectName("findCount");
    count_->setMinimumWidth(fontMetrics().horizontalAdvance("000 of 000"));
    where_->setObjectName("findWhere");
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(8, 6, 6, 6);
    lines->setSpacing(2);
    auto* row = new QHBoxLayout;
    lines->addLayout(row);
    lines->addWidget(where_);
    row->addWidget(words_);
    row->addWidget(count_);
    connect(button(this, row, "findPrevious", "up", tr("Previous (Shift+Return)")), &QToolButton::clicked, this,
            [this] { next(-1); });
    connect(button(this, row, "findNext", "down", tr("Next (Return)")), &QToolButton::clicked, this,
            [this] { next(1); });
    connect(button(this, row, "findClose", "close", tr("Close (Escape)")), &QToolButton::clicked, this, [this] {
        hide();
        emit closed();
    });
    connect(words_, &QLineEdit::textChanged, this, [this] {
        search();
        if (!found_.empty()) next(1);
    });
    // What was found may be gone or called otherwise by now.
    connect(&workbench.document, &DocumentModel::changed, this, [this] {
        if (isVisible()) search();
    });
    words_->installEventFilter(this);
    parent->installEventFilter(this);
    hide();
}

void FindBar::open()
{
    search();
    placeInCorner();
    show();
    raise();
    words_->setFocus();
    words_->selectAll();
}

void FindBar::search()
{
    const LiveView* live = workbench_.run.hasRun() ? &workbench_.run.live() : nullptr;
    found_ =
        findParts(workbench_.document.pipeline(), workbench_.document.registry(), live, words_->text().toStdString());
    at_ = -1;
    showCount();
}

void FindBar::showCount()
{
    const int total = static_cast<int>(found_.size());
    if (words_->text().trimmed().isEmpty())
        count_->clear();
    else if (total == 0)
        count_->setText(tr("none"));
    else if (at_ < 0)
        count_->setText(tr("%1 found").arg(total));
    else
        count_->setText(tr("%1 of %2").arg(at_ + 1).arg(total));
    const QString where = at_ < 0 ? QString() : QString::fromStdString(found_[static_cast<std::size_t>(at_)].where);
    const QString id = at_ < 0 ? QString() : QString::fromStdString(found_[static_cast<std::size_t>(at_)].id);
    where_->setText(at_ < 0 ? QString() : id + "  -  " + where);
    where_->setVisible(at_ >= 0);
    placeInCorner();
}

void FindBar::next(int step)
{
    if (found_.empty()) return;
    const int total = static_cast<int>(found_.size());
    at_ = at_ < 0 ? (step > 0 ? 0 : total - 1) : (at_ + step + total) % total;
    showCount();
    jump();
}

void FindBar::jump()
{
    const Found& hit = found_[static_cast<std::size_t>(at_)];
    if (hit.what == Found::What::Node) {
        emit workbench_.revealWanted(QString::fromStdString(hit.id));
        return;
    }
    const bool isComment = hit.what == Found::What::Comment;
    workbench_.selection.set({{},
                              {},
                              isComment ? std::set{hit.id} : std::set<std::string>{},
                              isComment ? std::set<std::string>{} : std::set{hit.id}});
    auto* view = parentWidget()->findChild<QGraphicsView*>("canvas");
    if (!view) return;
    for (const QGraphicsItem* item : view->scene()->selectedItems())
        view->ensureVisible(item->sceneBoundingRect());
}

void FindBar::placeInCorner()
{
    adjustSize();
    move(parentWidget()->width() - width() - 12, 12);
}

void FindBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colour(Theme::Border));
    painter.setBrush(colour(Theme::Window));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

bool FindBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize) placeInCorner();
    if (watched != words_ || event->type() != QEvent::KeyPress) return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
    case Qt::Key_Escape:
        hide();
        emit closed();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        next(key->modifiers() & Qt::ShiftModifier ? -1 : 1);
        return true;
    case Qt::Key_Down:
        next(1);
        return true;
    case Qt::Key_Up:
        next(-1);
        return true;
    default:
        return false;
    }
}

} // namespace streamwright::gui
