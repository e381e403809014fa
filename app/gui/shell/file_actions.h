// SPDX-License-Identifier: GPL-3.0-or-later
// FileActions: new, open, recent, save, save as, with the guard of unsaved changes and recovery after a crash. Owned by the
// main window; GUI thread.
#pragma once

#include <QAction>
#include <QMenu>
#include <QTimer>

#include "app/gui/shell/workbench.h"

namespace streamwright::gui {

class FileActions : public QObject {
    Q_OBJECT
public:
    FileActions(Workbench& workbench, QWidget& window);

    QList<QAction*> actions() const; // a null entry is a separator
    QStringList recentFiles() const;

    bool open(const QString& path); // guarded; what cannot be read is told
    void clear(); // a new drawing, guarded
    bool mayLeave(); // unsaved changes: asks; true when they are saved or given up

signals:
    void opened(); // a drawing is there to be worked on, a new one too
    void failed(const QString& why);

private:
    void openByDialog();
    bool save();
    bool saveAs();
    bool write(const QString& path);
    void remember(const QString& path);
    void fillRecent();
    void showState();

    Workbench& workbench_;
    QWidget& window_;
    QAction *new_, *open_, *save_, *saveAs_;
    QMenu recent_;
};

} // namespace streamwright::gui
