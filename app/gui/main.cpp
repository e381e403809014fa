// SPDX-License-Identifier: GPL-3.0-or-later
// The designer's process: streamwright starts it, with the file to open.
#include <QApplication>

#include "app/gui/shell/main_window.h"

int main(int argc, char** argv)
{
    using namespace streamwright;
    QApplication app(argc, argv);
    QApplication::setApplicationName("Streamwright");
    QApplication::setOrganizationName("Streamwright");
    Registry registry;
    registerBuiltins(registry);
    gui::Theme::instance();
    gui::MainWindow window(registry);
    window.openFile(argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString());
    window.show();
    return QApplication::exec();
}
