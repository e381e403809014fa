// SPDX-License-Identifier: GPL-3.0-or-later
// For tests of the canvas: a small drawing opened in the window, and a person's hand on the view.
#pragma once

#include "app/gui/canvas/canvas_panel.h"
#include "app/gui/canvas/canvas_view.h"
#include "app/gui/canvas/search_popup.h"
#include "tests/app/gui/window_fixture.h"

namespace streamwright::gui {

// web -> clicks -> reader; files, archive and spare stand alone.
inline constexpr const char* kDrawing = R"({
  "streamwright": 1, "name": "Canvas test",
  "nodes": [
    {"id": "web", "kind": "Local::Producer"},
    {"id": "clicks", "kind": "AWS::Kinesis::Stream", "properties": {"ShardCount": 2}},
    {"id": "reader", "kind": "Local::Consumer"},
    {"id": "jobs", "kind": "AWS::SQS::Queue"},
    {"id": "archive", "kind": "AWS::S3::Bucket"},
    {"id": "spare", "kind": "AWS::Kinesis::Stream"}
  ],
  "edges": [{"from": "web.out", "to": "clicks.in"}, {"from": "clicks.out", "to": "reader.in"}],
  "layout": {"web": [0, 0], "clicks": [280, 0], "reader": [560, 0], "jobs": [280, 160], "archive": [560, 160], "spare": [0, 300]}
})";

class CanvasTest : public WindowTest {
protected:
    CanvasTest()
    {
        open(kDrawing);
        view().setZoom(1);
        view().centreOn({375, 186});
        QTest::mouseMove(view().viewport(), QPoint(2, 2));
    }
    ~CanvasTest() override { bench().document.clear(); }

    void open(const char* text)
    {
        QFile file(folder_.filePath("drawing.json"));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        window.openFile(file.fileName());
    }

    CanvasPanel& panel() { return *find<CanvasPanel>(); }
    CanvasView& view() { return panel().view(); }
    CanvasScene& scene() { return panel().scene(); }
    const Pipeline& drawing() { return bench().document.pipeline(); }
    SearchPopup& popup() { return *find<SearchPopup>("quickAdd"); }
    const Selected& selected() { return bench().selection.get(); }

    // In the viewport.
    QPoint at(QPointF inScene) { return view().mapFromScene(inScene); }
    QPoint at(const std::string& node) { return at(scene().node(node)->card().center() + QPointF(0, 20)); }
    QPoint port(const std::string& node, const std::string& name, bool isInput)
    {
        return at(scene().node(node)->portPosition(name, isInput));
    }
    QPoint middleOf(const std::string& edge) { return at(scene().edge(edge)->middle()); }
    QPointF place(const std::string& node) { return scene().node(node)->pos(); }

    void click(QPoint where, Qt::KeyboardModifiers keys = {})
    {
        QTest::mouseClick(view().viewport(), Qt::LeftButton, keys, where);
    }
    // Without letting go.
    void drag(QPoint from, QPoint to, Qt::MouseButton button = Qt::LeftButton, Qt::KeyboardModifiers keys = {})
    {
        QTest::mousePress(view().viewport(), button, keys, from);
        for (const double part : {0.3, 0.7, 1.0})
            send(QEvent::MouseMove, from + (to - from) * part, Qt::NoButton, button, keys);
    }
    void drop(QPoint where, Qt::MouseButton button = Qt::LeftButton, Qt::KeyboardModifiers keys = {})
    {
        QTest::mouseRelease(view().viewport(), button, keys, where);
    }
    void dragAndDrop(QPoint from, QPoint to, Qt::KeyboardModifiers keys = {})
    {
        drag(from, to, Qt::LeftButton, keys);
        drop(to, Qt::LeftButton, keys);
    }
    void key(Qt::Key key, Qt::KeyboardModifiers keys = {})
    {
        QWidget* focus = QApplication::focusWidget();
        QTest::keyClick(focus ? focus : &view(), key, keys);
    }
    void focusCanvas() { view().setFocus(); }
    void wheel(QPoint where, QPoint turned, Qt::KeyboardModifiers keys = {})
    {
        QWheelEvent event(where, view().viewport()->mapToGlobal(where), {}, turned, Qt::NoButton, keys,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(view().viewport(), &event);
    }
    // A kind carried over from the palette.
    void dragKindOver(const char* kind, QPoint where)
    {
        mime_.setData("application/x-streamwright-kind", kind);
        QDragEnterEvent enter(where, Qt::CopyAction, &mime_, Qt::LeftButton, {});
        QApplication::sendEvent(view().viewport(), &enter);
        QDragMoveEvent over(where, Qt::CopyAction, &mime_, Qt::LeftButton, {});
        QApplication::sendEvent(view().viewport(), &over);
    }
    void dropKind(QPoint where)
    {
        QDropEvent event(where, Qt::CopyAction, &mime_, Qt::LeftButton, {});
        QApplication::sendEvent(view().viewport(), &event);
    }
    QImage picture() { return view().viewport()->grab().toImage(); }

private:
    void send(QEvent::Type type, QPoint where, Qt::MouseButton button, Qt::MouseButtons buttons,
              Qt::KeyboardModifiers keys)
    {
        QMouseEvent event(type, where, view().viewport()->mapToGlobal(where), button, buttons, keys);
        QApplication::sendEvent(view().viewport(), &event);
    }

    QTemporaryDir folder_;
    QMimeData mime_;
};

} // namespace streamwright::gui
