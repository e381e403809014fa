// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the window's tests on Qt's offscreen platform, with settings of their own.
#include "app/gui/shell/english_plurals.h"
#include "tests/app/gui/window_fixture.h"

int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    const QTemporaryDir state;
    qputenv("XDG_STATE_HOME", state.path().toLocal8Bit());
    QApplication app(argc, argv);
    QApplication::setApplicationName("StreamwrightTests");
    QApplication::setOrganizationName("StreamwrightTests");
    QApplication::setEffectEnabled(Qt::UI_AnimateMenu, false);
    QSettings().clear();
    QSettings().setValue("tour/seen", true);
    streamwright::gui::EnglishPlurals plurals;
    QApplication::installTranslator(&plurals);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
