// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/problems/problems_panel.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "app/gui/problems/problems_model.h"
#include "app/gui/theme/row_list.h"
#include "app/gui/theme/theme.h"

namespace streamwright::gui {

namespace {

// Of a place, both ends tell something: the file and the line.
class MiddleElided : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->textElideMode = Qt::ElideMiddle;
    }
};

} // namespace

ProblemsPanel::ProblemsPanel(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      workbench_(workbench),
      model_(new ProblemsModel(workbench.document, this)),
      view_(new QTreeView(this)),
      none_(new QLabel(tr("No problems. The pipeline is ready to run."), this)),
      jump_(new QAction(tr("Go there"), this)),
      fix_(new QAction(tr("Fix"), this)),
      copy_(new QAction(tr("Copy"), this))
{
    setObjectName("problemsPanel");
    setAccessibleName(tr("Problems"));
    makeRowList(*view_, "problemsView", tr("Problems of the pipeline"));
    view_->setModel(model_);
    view_->setContextMenuPolicy(Qt::CustomContextMenu);
    view_->header()->setStretchLastSection(false);
    view_->header()->setSectionResizeMode(ProblemsModel::Finding, QHeaderView::Stretch);
    view_->setTextElideMode(Qt::ElideRight);
    view_->setItemDelegateForColumn(ProblemsModel::Place, new MiddleElided(view_));
    view_->installEventFilter(this);
    none_->setObjectName("problemsNone");
    none_->setAlignment(Qt::AlignCenter);
    none_->setWordWrap(true);
    none_->setForegroundRole(QPalette::PlaceholderText);
    setFocusProxy(view_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(view_, 1);
    layout->addWidget(none_, 1);

    connect(view_, &QTreeView::doubleClicked, this, &ProblemsPanel::jump);
    connect(view_, &QTreeView::clicked, this, [this](const QModelIndex& index) {
        if (index.column() == ProblemsModel::FixColumn) fix(index.row(), 0);
    });
    connect(view_, &QTreeView::customContextMenuRequested, this, &ProblemsPanel::showMenu);
    connect(jump_, &QAction::triggered, this, [this] { jump(view_->currentIndex()); });
    connect(fix_, &QAction::triggered, this, [this] { fix(view_->currentIndex().row(), 0); });
    connect(copy_, &QAction::triggered, this, [this] {
        const QModelIndex index = view_->currentIndex();
        if (!index.isValid()) return;
        QGuiApplication::clipboard()->setText(index.siblingAtColumn(ProblemsModel::Place).data().toString() + ": " +
                                              index.siblingAtColumn(ProblemsModel::Finding).data().toString());
    });
    connect(&workbench_.document, &DocumentModel::changed, this, &ProblemsPanel::refresh);
    connect(&workbench_.document, &DocumentModel::opened, model_, &ProblemsModel::clearOfRun);
    connect(&workbench_.run, &RunBridge::editRefused, this, [this](const QString& message) {
        model_->addOfRun(message);
        told();
    });
    connect(&workbench_.run, &RunBridge::runStarted, this, [this] {
        model_->clearOfRun();
        told();
    });
    told();
}

int ProblemsPanel::count() const { return model_->rowCount(); }

void ProblemsPanel::refresh()
{
    const int current = view_->currentIndex().row();
    model_->refresh();
    if (current >= 0 && count() > 0) view_->setCurrentIndex(model_->index(std::min(current, count() - 1), 0));
    told();
}

void ProblemsPanel::told()
{
    view_->setVisible(count() > 0);
    none_->setVisible(count() == 0);
    fitColumns();
    if (count() == count_) return;
    count_ = count();
    emit countChanged(count_);
}

void ProblemsPanel::fitColumns()
{
    bool fixes = false;
    for (int row = 0; row < count(); ++row)
        fixes = fixes || !model_->row(row).fixes.empty();
    view_->setColumnHidden(ProblemsModel::FixColumn, !fixes);
    const auto fit = [this](int column, int most) {
        view_->resizeColumnToContents(column);
        view_->setColumnWidth(column, std::min(most, view_->columnWidth(column)));
    };
    fit(ProblemsModel::Place, width() * 3 / 10);
    fit(ProblemsModel::FixColumn, width() / 4);
}

void ProblemsPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitColumns();
}

void ProblemsPanel::jump(const QModelIndex& index)
{
    if (!index.isValid()) return;
    const ProblemSubject subject = model_->row(index.row()).subject;
    if (!subject.node.empty()) {
        emit workbench_.revealWanted(QString::fromStdString(subject.node));
        emit workbench_.propertyWanted(QString::fromStdString(subject.node), QString::fromStdString(subject.property));
    } else if (!subject.edge.empty()) {
        emit workbench_.revealEdgeWanted(QString::fromStdString(subject.edge));
        workbench_.selection.selectEdge(subject.edge);
        if (!subject.property.empty())
            emit workbench_.propertyWanted(QString::fromStdString(subject.edge),
                                           QString::fromStdString(subject.property));
    } else if (!subject.comment.empty()) {
        workbench_.selection.set({{}, {}, {subject.comment}, {}});
    } else if (!subject.group.empty()) {
        workbench_.selection.set({{}, {}, {}, {subject.group}});
    } else {
        emit workbench_.message(tr("This problem belongs to the whole pipeline."));
    }
}

void ProblemsPanel::fix(int row, std::size_t which)
{
    if (row < 0 || row >= count() || which >= model_->row(row).fixes.size()) return;
    const Fix fix = model_->row(row).fixes[which];
    workbench_.document.endGesture();
    workbench_.document.edit(QString::fromStdString(fix.label), fix.change);
    workbench_.document.endGesture();
}

void ProblemsPanel::showMenu(const QPoint& at)
{
    const QModelIndex index = view_->indexAt(at);
    if (!index.isValid()) return;
    view_->setCurrentIndex(index);
    QMenu menu(this);
    menu.addAction(jump_);
    const std::vector<Fix>& fixes = model_->row(index.row()).fixes;
    for (std::size_t i = 0; i < fixes.size(); ++i)
        connect(menu.addAction(Theme::instance().icon("fix"), QString::fromStdString(fixes[i].label)),
                &QAction::triggered, this, [this, row = index.row(), i] { fix(row, i); });
    menu.addSeparator();
    menu.addAction(copy_);
    menu.exec(view_->viewport()->mapToGlobal(at));
}

bool ProblemsPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == view_ && event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            key->modifiers() & Qt::ControlModifier ? fix(view_->currentIndex().row(), 0) : jump(view_->currentIndex());
            return true;
        }
        if (key->matches(QKeySequence::Copy)) {
            copy_->trigger();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace streamwright::gui
