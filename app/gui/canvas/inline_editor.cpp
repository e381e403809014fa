// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/inline_editor.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QToolTip>

#include "app/session/annotations.h"

namespace streamwright::gui {

namespace {

// A field that ends by its keys or by losing the focus, once; the canvas has the focus afterwards.
template <typename Field>
class InPlace : public Field {
public:
    InPlace(QGraphicsView& view, const QRect& place, const char* name, const QString& accessibleName,
            std::function<QString()> take) // "" when it was taken, else why not
        : Field(view.viewport()),
          view_(view),
          take_(std::move(take))
    {
        this->setObjectName(name);
        this->setAccessibleName(accessibleName);
        this->setAttribute(Qt::WA_DeleteOnClose);
        this->setGeometry(place);
    }

    void begin()
    {
        this->selectAll();
        this->show();
        this->setFocus();
    }
    void setTake(std::function<QString()> take) { take_ = std::move(take); }

protected:
    void keyPressEvent(QKeyEvent* event) override
    {
        const bool returned = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
        const bool takes = std::is_same_v<Field, QLineEdit> || event->modifiers() & Qt::ControlModifier;
        // Escape gives a new name up, but not what was written on a note: undo is for that.
        if (event->key() == Qt::Key_Escape)
            std::is_same_v<Field, QLineEdit> ? end() : finish(false);
        else if (returned && takes)
            finish(true);
        else
            Field::keyPressEvent(event);
        event->accept(); // nothing of it is meant for the canvas
    }
    void focusOutEvent(QFocusEvent* event) override
    {
        Field::focusOutEvent(event);
        if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason) finish(false);
    }

private:
    void finish(bool mayGoOn)
    {
        if (ended_) return;
        const QString why = take_();
        if (why.isEmpty() || !mayGoOn) return end();
        QPalette red = this->palette();
        red.setColor(QPalette::Text, colour(Theme::Failing));
        this->setPalette(red);
        QToolTip::showText(this->mapToGlobal(QPoint(0, this->height())), why, this);
    }
    void end()
    {
        if (std::exchange(ended_, true)) return;
        if (this->hasFocus()) view_.setFocus();
        this->close();
    }

    QGraphicsView& view_;
    std::function<QString()> take_;
    bool ended_ = false;
};

QRect onViewport(const QGraphicsView& view, const QRectF& rect) { return view.mapFromScene(rect).boundingRect(); }

// Wide enough to write in, whatever the zoom.
QRect lineAt(const QGraphicsView& view, const QRectF& rect)
{
    const QFontMetrics metrics(view.font());
    const QRect there = onViewport(view, rect);
    return {there.left(), there.top(), std::max(there.width(), metrics.averageCharWidth() * 24), metrics.height() + 10};
}

} // namespace

void editNodeName(Workbench& workbench, QGraphicsView& view, const std::string& node, const QRectF& card)
{
    auto* field = new InPlace<QLineEdit>(view, lineAt(view, card), "nameEditor", QObject::tr("Name of the node"), {});
    field->setText(QString::fromStdString(node));
    field->setMaxLength(static_cast<int>(kLongestNodeId));
    field->setTake([&workbench, field, node] {
        const std::string name = field->text().trimmed().toStdString();
        Pipeline copy; // tried on the names alone: a refused one must leave no step
        copy.nodes = workbench.document.pipeline().nodes;
        if (const auto good = renameNode(copy, node, name); !good)
            return QString::fromStdString(good.problem().message);
        if (name == node) return QString();
        const QString what = QObject::tr("Rename %1").arg(QString::fromStdString(node));
        workbench.document.edit(what, [&](Pipeline& pipeline) { (void)renameNode(pipeline, node, name); });
        workbench.selection.selectNode(name);
        return QString();
    });
    field->begin();
}

void editNoteText(Workbench& workbench, QGraphicsView& view, const std::string& id)
{
    const Comment* comment = findComment(workbench.document.pipeline(), id);
    if (!comment) return;
    const QRect there = onViewport(view, {comment->x, comment->y, comment->width, comment->height});
    const QFontMetrics metrics(view.font());
    const QRect place(there.topLeft(),
                      there.size().expandedTo({metrics.averageCharWidth() * 20, metrics.height() * 4}));
    auto* field = new InPlace<QPlainTextEdit>(view, place, "noteEditor", QObject::tr("Text of the note"), {});
    field->setPlainText(QString::fromStdString(comment->text));
    field->setTabChangesFocus(true);
    field->setTake([&workbench, field, id] {
        const std::string text = field->toPlainText().toStdString();
        workbench.document.edit(QObject::tr("Edit note"),
                                [&](Pipeline& pipeline) { setCommentText(pipeline, id, text); });
        return QString();
    });
    field->begin();
}

void editGroupTitle(Workbench& workbench, QGraphicsView& view, const std::string& id, const QRectF& title)
{
    const Group* group = findGroup(workbench.document.pipeline(), id);
    if (!group) return;
    auto* field =
        new InPlace<QLineEdit>(view, lineAt(view, title), "groupTitleEditor", QObject::tr("Title of the group"), {});
    field->setText(QString::fromStdString(group->title));
    field->setTake([&workbench, field, id] {
        const std::string text = field->text().trimmed().toStdString();
        workbench.document.edit(QObject::tr("Rename group"),
                                [&](Pipeline& pipeline) { renameGroup(pipeline, id, text); });
        return QString();
    });
    field->begin();
}

} // namespace streamwright::gui
