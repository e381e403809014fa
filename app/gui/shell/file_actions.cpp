// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/shell/file_actions.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QSettings>

#include "app/gui/shell/examples.h"

namespace streamwright::gui {

namespace {

constexpr int kMostRecent = 10;
constexpr const char* kRecentKey = "files/recent";
QString fileFilter() { return FileActions::tr("Pipelines (*.json);;All files (*)"); }

} // namespace

FileActions::FileActions(Workbench& workbench, QWidget& window)
    : QObject(&window),
      workbench_(workbench),
      window_(window),
      recent_(tr("Open recent"))
{
    const auto make = [this](const char* name, const QString& text, QKeySequence keys, auto slot) {
        auto* action = new QAction(text, this);
        action->setObjectName(name);
        action->setShortcut(keys);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    new_ = make("new", tr("New"), QKeySequence::New, &FileActions::clear);
    open_ = make("open", tr("Open…"), QKeySequence::Open, &FileActions::openByDialog);
    save_ = make("save", tr("Save"), QKeySequence::Save, &FileActions::save);
    saveAs_ = make("saveAs", tr("Save as…"), Qt::CTRL | Qt::SHIFT | Qt::Key_S, &FileActions::saveAs);
    connect(&recent_, &QMenu::aboutToShow, this, &FileActions::fillRecent);
    connect(&workbench.document, &DocumentModel::stateChanged, this, &FileActions::showState);
    const auto showIcons = [this] {
        const Theme& theme = Theme::instance();
        new_->setIcon(theme.icon("new"));
        open_->setIcon(theme.icon("open"));
        save_->setIcon(theme.icon("save"));
        saveAs_->setIcon(theme.icon("save-as"));
        recent_.setIcon(theme.icon("recent"));
    };
    connect(&Theme::instance(), &Theme::changed, this, showIcons);
    showIcons();
    showState();
}

QList<QAction*> FileActions::actions() const { return {new_, open_, recent_.menuAction(), nullptr, save_, saveAs_}; }

QStringList FileActions::recentFiles() const
{
    QStringList files = QSettings().value(kRecentKey).toStringList();
    files.removeIf([](const QString& path) { return !QFileInfo::exists(path); });
    return files;
}

bool FileActions::open(const QString& path)
{
    if (!mayLeave()) return false;
    const QString absolute = QFileInfo(path).absoluteFilePath();
    if (auto opened = workbench_.document.open(absolute); !opened) {
        emit failed(QString::fromStdString(opened.problem().text()));
        return false;
    }
    workbench_.selection.clear();
    if (!isExample(absolute)) remember(absolute);
    emit this->opened();
    return true;
}

void FileActions::clear()
{
    if (!mayLeave()) return;
    workbench_.document.clear();
    workbench_.selection.clear();
    emit opened();
}

bool FileActions::mayLeave()
{
    if (!workbench_.document.document().modified()) return true;
    const QString path = QString::fromStdString(workbench_.document.document().path());
    QMessageBox box(
        QMessageBox::Question, tr("Unsaved changes"),
        tr("Save the changes to %1?").arg(path.isEmpty() ? tr("the new pipeline") : QFileInfo(path).fileName()),
        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, &window_);
    box.setObjectName("unsavedChanges");
    box.setInformativeText(tr("Otherwise they are lost."));
    box.setDefaultButton(QMessageBox::Save);
    switch (box.exec()) {
    case QMessageBox::Save:
        return save();
    case QMessageBox::Discard:
        return true;
    default:
        return false;
    }
}

void FileActions::openByDialog()
{
    const QString folder = QFileInfo(QString::fromStdString(workbench_.document.document().path())).absolutePath();
    const QString path = QFileDialog::getOpenFileName(&window_, tr("Open a pipeline"), folder, fileFilter());
    if (!path.isEmpty()) open(path);
}

bool FileActions::save()
{
    const QString path = QString::fromStdString(workbench_.document.document().path());
    return path.isEmpty() || isExample(path) ? saveAs() : write(path);
}

bool FileActions::saveAs()
{
    const QString path = QString::fromStdString(workbench_.document.document().path());
    const QString proposal = path.isEmpty() ? "pipeline.json" : isExample(path) ? QFileInfo(path).fileName() : path;
    QFileDialog dialog(&window_, tr("Save the pipeline as"), QFileInfo(proposal).path(), fileFilter());
    dialog.setObjectName("saveAsDialog");
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix("json");
    dialog.selectFile(QFileInfo(proposal).fileName());
    return dialog.exec() == QDialog::Accepted && write(dialog.selectedFiles().front());
}

bool FileActions::write(const QString& path)
{
    if (auto saved = workbench_.document.save(path); !saved) {
        emit failed(tr("Not saved. %1").arg(QString::fromStdString(saved.problem().text())));
        return false;
    }
    remember(path);
    const QString kept = QString::fromStdString(workbench_.document.document().keptOriginal());
    emit workbench_.message(kept.isEmpty() ? tr("Saved as %1").arg(path)
                                           : tr("Saved as %1. The damaged original is kept as %2").arg(path, kept));
    return true;
}

void FileActions::remember(const QString& path)
{
    QSettings settings;
    QStringList files = settings.value(kRecentKey).toStringList();
    files.removeAll(path);
    files.prepend(path);
    settings.setValue(kRecentKey, QStringList(files.mid(0, kMostRecent)));
}

void FileActions::fillRecent()
{
    recent_.clear();
    for (const QString& path : recentFiles())
        connect(recent_.addAction(path), &QAction::triggered, this, [this, path] { open(path); });
    if (recent_.isEmpty()) recent_.addAction(tr("None yet"))->setEnabled(false);
}

void FileActions::showState()
{
    const Document& document = workbench_.document.document();
    const QString path = QString::fromStdString(document.path());
    window_.setWindowModified(document.modified());
    window_.setWindowTitle(
        tr("%1[*] – Streamwright").arg(path.isEmpty() ? tr("New pipeline") : QFileInfo(path).fileName()));
}

} // namespace streamwright::gui
