// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/records/save_dialog.h"

#include <QFileDialog>

namespace streamwright::gui {

void askSavePath(QWidget* parent, const QString& name, const QString& filters,
                 std::function<void(const QString& path)> then)
{
    auto* dialog = new QFileDialog(parent, QFileDialog::tr("Save records"), {}, filters);
    dialog->setObjectName("recordsSaveDialog");
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(name);
    const auto takeEnding = [dialog] {
        const QString pattern = dialog->selectedNameFilter();
        if (pattern.contains("*.")) dialog->setDefaultSuffix(pattern.section("*.", 1).section(')', 0, 0));
    };
    takeEnding();
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog, takeEnding);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, then);
    dialog->open();
}

} // namespace streamwright::gui
