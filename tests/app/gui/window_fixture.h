// SPDX-License-Identifier: GPL-3.0-or-later
// What tests of the window share: all kinds, a window of a known size, waiting for what happens on other threads.
#pragma once

#include <gtest/gtest.h>

#include <QtTest>
#include <QtWidgets>

#include "app/gui/shell/main_window.h"

namespace streamwright::gui {

inline const Registry& allKinds()
{
    static const Registry registry = [] {
        Registry filled;
        registerBuiltins(filled);
        return filled;
    }();
    return registry;
}

// Processes events until the condition holds; false after ten seconds (a failing test, never a pace).
template <typename Condition>
bool waitFor(Condition condition)
{
    return QTest::qWaitFor(condition, 10'000);
}

class WindowTest : public testing::Test {
protected:
    WindowTest() : window(allKinds())
    {
        window.resize(1280, 800);
        window.show();
        window.showCanvas();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&window));
    }

    Workbench& bench() { return window.workbench(); }
    template <typename Widget>
    Widget* find(const QString& name = {})
    {
        return window.findChild<Widget*>(name);
    }

    MainWindow window;
};

} // namespace streamwright::gui
