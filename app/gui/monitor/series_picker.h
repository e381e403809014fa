// SPDX-License-Identifier: GPL-3.0-or-later
// SeriesPicker: the dialog that makes a chart of any metrics of any nodes and parts. GUI thread.
#pragma once

#include <QDialog>
#include <QDialogButtonBox>
#include <QLineEdit>
#include <QTreeWidget>

#include "app/gui/shell/workbench.h"
#include "app/session/series.h"

namespace streamwright::gui {

class SeriesPicker : public QDialog {
    Q_OBJECT
public:
    explicit SeriesPicker(Workbench& workbench, QWidget* parent = nullptr);

signals:
    void chosen(const std::vector<SeriesId>& series); // of one unit; once for each unit when dismissed with Add

private:
    void fill(const std::vector<SeriesInfo>& infos);
    void filter(const QString& text);
    void add();

    QLineEdit* search_;
    QTreeWidget* tree_;
    QDialogButtonBox* buttons_;
    std::vector<SeriesInfo> infos_;
};

} // namespace streamwright::gui
