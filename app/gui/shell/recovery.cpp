// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/shell/recovery.h"

#include <QDateTime>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <memory>
#include <utility>

namespace streamwright::gui {

Recovery::Recovery(Workbench& workbench, QWidget& window)
    : QObject(&window),
      workbench_(workbench),
      window_(window),
      autosave_(workbench.document.document())
{
    writer_.setMaxThreadCount(1);
    timer_.setInterval(5000);
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &Recovery::keep);
    connect(&workbench.document, &DocumentModel::stateChanged, this, [this] {
        if (!timer_.isActive()) timer_.start();
    });
}

Recovery::~Recovery() { writer_.waitForDone(); }

void Recovery::keep()
{
    if (writing_) {
        again_ = true;
        return;
    }
    auto copy = autosave_.take();
    if (!copy) return;
    writing_ = true;
    writer_.start([this, copy = std::make_shared<const Autosave::Copy>(std::move(*copy))] {
        auto done = autosave_.write(*copy);
        QMetaObject::invokeMethod(
            this, [this, copy, done = std::move(done)] { settle(*copy, done); }, Qt::QueuedConnection);
    });
}

void Recovery::settle(const Autosave::Copy& copy, const Result<void>& done)
{
    writing_ = false;
    if (done)
        autosave_.written(copy);
    else if (!complained_)
        emit workbench_.message(
            tr("Unsaved work cannot be kept safe: %1").arg(QString::fromStdString(done.problem().text())));
    complained_ = !done;
    if (std::exchange(again_, false)) keep();
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
    const auto taken = workbench_.document.recover(autosave_, newest);
    if (!taken) {
        QMessageBox::warning(&window_, tr("Not recovered"), QString::fromStdString(taken.problem().text()));
        return false;
    }
    if (!taken->empty())
        QMessageBox::warning(
            &window_, tr("Not all was recovered"),
            tr("What could be read of the unsaved work is here; the rest (%n problem(s)) is not: %1. "
               "All of it stays in %2.",
               "", static_cast<int>(taken->size()))
                .arg(QString::fromStdString(taken->front().text()), QString::fromStdString(newest.file)));
    return true;
}

} // namespace streamwright::gui
