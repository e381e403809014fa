// SPDX-License-Identifier: GPL-3.0-or-later
// What tests of the forms share: a workbench without a window, nodes to look at, and typing into fields as a person does.
#pragma once

#include "app/gui/inspector/inspector_panel.h"
#include "core/schema/field.h"
#include "tests/app/gui/window_fixture.h"

namespace streamwright::gui {

class FormTest : public testing::Test {
protected:
    FormTest() : bench(allKinds()), panel(bench)
    {
        panel.resize(340, 900);
        panel.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&panel));
        panel.activateWindow();
    }

    void add(const std::string& id, const std::string& kind, const char* properties = "{}")
    {
        bench.document.edit("Add", [&](Pipeline& pipeline) {
            Node node;
            node.id = id;
            node.kind = kind;
            node.properties = *parseJson(properties);
            node.position = pipeline.nodes.size();
            pipeline.nodes.push_back(node);
        });
        bench.document.endGesture();
    }
    void join(const std::string& from, const std::string& fromPort, const std::string& to, const std::string& toPort)
    {
        bench.document.edit("Join", [&](Pipeline& pipeline) {
            Edge edge{from, fromPort, to, toPort};
            edge.position = pipeline.edges.size();
            pipeline.edges.push_back(edge);
        });
        bench.document.endGesture();
    }
    std::string properties(const std::string& id) const
    {
        return bench.document.pipeline().node(id)->properties.dump();
    }

    template <typename Widget = QWidget>
    Widget* at(const QString& name)
    {
        return panel.findChild<Widget*>(name);
    }
    // Goes to the field (its section unfolds) and gives its editor.
    template <typename Widget = QWidget>
    Widget* field(const std::string& node, const QString& pointer)
    {
        emit bench.propertyWanted(QString::fromStdString(node), pointer);
        QCoreApplication::processEvents();
        return at<Widget>("field:" + pointer);
    }
    void type(QLineEdit* line, const QString& text)
    {
        line->setFocus();
        line->selectAll();
        QTest::keyClick(line, Qt::Key_Delete);
        QTest::keyClicks(line, text);
    }
    QString errorAt(const QString& pointer)
    {
        const auto* label = at<QLabel>("error:" + pointer);
        return label && label->isVisibleTo(&panel) ? label->text() : QString();
    }

    Workbench bench;
    InspectorPanel panel;
};

} // namespace streamwright::gui
