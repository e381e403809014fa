// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/shell/recovery.h"

#include <QDateTime>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>

namespace streamwright::gui {

Recovery::Recovery(Workbench& workbench, QWidget& window)
    : QObject(&window),
      workbench_(workbench),
      window_(window),
      autosave_(workbench.document.document())
{
    timer_.setInterval(5000);
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &Recovery::keep);
    connect(&workbench.document, &DocumentModel::stateChanged, this, [this] {
        if (!timer_.isActive()) timer_.start();
    });
}

void Recovery::keep()
{
    const auto kept = autosave_.keep();
    if (!kept && !complained_)
        emit workbench_.message(
            tr("Unsaved work cannot be kept safe: %1").arg(QString::fromStdString(kept.problem().text())));
    complained_ = !kept;
}

bool Recovery::offer()
{
    const std::vector<Leftover> leftovers = autosave_.leftovers();
    if (leftovers.empty()) return false;
    const Leftover& newest = leftovers.front();
    const QString path = QString::fromStdString(newest.path);
    const QString name = path.isEmpty() ? tr("a new pipeline") : QFileInfo(path).fileName();
    QMessageBox box(
        QMessageBox::Question, tr("Recover unsaved work"),
        tr("Streamwright did not end properly. Unsaved work on %1 of %2 was kept.")
            .arg(name, QLocale().toString(QDateTime::fromSecsSinceEpoch(newest.savedAt), QLocale::ShortFormat)),
        QMessageBox::NoButton, &window_);
    box.setObjectName("recoverWork");
    QPushButton* recover = box.addButton(tr("Recover"), QMessageBox::AcceptRole);
    QPushButton* discard = box.addButton(tr("Throw away"), QMessageBox::DestructiveRole);
    box.addButton(tr("Ask again next time"), QMessageBox::RejectRole);
    box.setDefaultButton(recover);
    box.exec();
    if (box.clickedButton() == discard) autosave_.discard(newest);
    if (box.clickedButton() != recover) return false;
    if (auto taken = workbench_.document.recover(autosave_, newest); !taken) {
        QMessageBox::warning(&window_, tr("Not recovered"), QString::fromStdString(taken.problem().text()));
        return false;
    }
    return true;
}

} // namespace streamwright::gui
