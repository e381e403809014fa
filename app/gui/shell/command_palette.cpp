// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/shell/command_palette.h"

#include <QKeyEvent>
#include <QMenu>
#include <QMenuBar>
#include <QVBoxLayout>

#include "app/session/fuzzy.h"

namespace streamwright::gui {

namespace {

constexpr int kMostShown = 60;

void collectActions(const QMenu& menu, const QString& path, std::vector<CommandPalette::Command>& into)
{
    for (QAction* action : menu.actions()) {
        if (action->isSeparator() || !action->isVisible() || !action->isEnabled()) continue;
        const QString text = path + ": " + action->text().remove('&');
        if (action->menu())
            collectActions(*action->menu(), text, into);
        else
            into.push_back({text, action->shortcut().toString(QKeySequence::NativeText), action->icon(),
                            [action] { action->trigger(); }});
    }
}

} // namespace

CommandPalette::CommandPalette(std::vector<Command> commands, QWidget* parent)
    : QDialog(parent, Qt::Popup | Qt::FramelessWindowHint),
      commands_(std::move(commands)),
      input_(new QLineEdit(this)),
      list_(new QListWidget(this))
{
    setObjectName("commandPalette");
    setAttribute(Qt::WA_DeleteOnClose);
    setStyleSheet(QString("#commandPalette { border: 1px solid %1; }").arg(colour(Theme::Border).name()));
    input_->setPlaceholderText(tr("Type what you want to do, add or find"));
    input_->setAccessibleName(tr("Command"));
    input_->setClearButtonEnabled(true);
    input_->installEventFilter(this);
    list_->setFrameShape(QFrame::NoFrame);
    list_->setUniformItemSizes(true);
    list_->setAccessibleName(tr("Matching commands"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->addWidget(input_);
    layout->addWidget(list_);
    const int unit = fontMetrics().height();
    resize(unit * 36, unit * 24);
    move(parent->mapToGlobal(QPoint((parent->width() - width()) / 2, unit * 5)));
    connect(input_, &QLineEdit::textChanged, this, &CommandPalette::showMatches);
    connect(list_, &QListWidget::itemActivated, this, &CommandPalette::runCurrent);
    connect(list_, &QListWidget::itemClicked, this, &CommandPalette::runCurrent);
    showMatches();
    input_->setFocus();
}

std::vector<CommandPalette::Command> CommandPalette::commandsOf(QMenuBar& menus, Workbench& workbench)
{
    std::vector<Command> commands;
    for (QAction* top : menus.actions())
        if (top->menu()) collectActions(*top->menu(), top->text().remove('&'), commands);
    for (const auto& [name, entry] : workbench.document.registry().kinds())
        commands.push_back({tr("Add: %1").arg(QString::fromStdString(entry.kind.title)),
                            {},
                            Theme::instance().icon(QString::fromStdString(entry.kind.icon)),
                            [&workbench, kind = QString::fromStdString(name)] { emit workbench.addNodeWanted(kind); }});
    for (const Node& node : workbench.document.pipeline().nodes)
        commands.push_back({tr("Go to: %1").arg(QString::fromStdString(node.id)),
                            {},
                            Theme::instance().icon("search"),
                            [&workbench, id = QString::fromStdString(node.id)] { emit workbench.revealWanted(id); }});
    return commands;
}

void CommandPalette::showMatches()
{
    const std::string query = input_->text().toStdString();
    std::vector<std::pair<double, int>> ranked; // score, index
    for (std::size_t i = 0; i < commands_.size(); ++i)
        if (const double score = fuzzyScore(query, commands_[i].text.toStdString()); score > 0)
            ranked.emplace_back(-score, static_cast<int>(i));
    std::stable_sort(ranked.begin(), ranked.end());
    list_->clear();
    for (const auto& [score, index] : ranked) {
        if (list_->count() == kMostShown) break;
        const Command& command = commands_[static_cast<std::size_t>(index)];
        auto* item = new QListWidgetItem(
            command.icon, command.shortcut.isEmpty() ? command.text : command.text + "    " + command.shortcut, list_);
        item->setData(Qt::UserRole, index);
    }
    if (list_->count() == 0) {
        auto* none = new QListWidgetItem(tr("Nothing of that name"), list_);
        none->setFlags(Qt::NoItemFlags);
    }
    list_->setCurrentRow(0);
}

void CommandPalette::runCurrent()
{
    const QListWidgetItem* item = list_->currentItem();
    if (!item || !(item->flags() & Qt::ItemIsEnabled)) return;
    const auto run = commands_[static_cast<std::size_t>(item->data(Qt::UserRole).toInt())].run;
    close();
    run();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == input_ && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        switch (key->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
            QCoreApplication::sendEvent(list_, event);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            runCurrent();
            return true;
        default:
            break;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace streamwright::gui
