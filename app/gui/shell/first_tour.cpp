// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/shell/first_tour.h"

#include "app/gui/shell/examples.h"
#include "app/gui/shell/main_window.h"

namespace streamwright::gui {

std::vector<Tour::Stop> firstTour(MainWindow& window)
{
    const auto text = [](const char* source) { return Tour::tr(source); };
    const auto child = [&window](const char* name) {
        return [&window, name] { return window.findChild<QWidget*>(name); };
    };
    const auto dock = [&window](const char* name) { return [&window, name] { return window.showDock(name); }; };
    const auto dockOf = [&window](const char* name, const char* node) {
        return [&window, name, node] {
            if (window.workbench().document.pipeline().node(node)) window.workbench().selection.selectNode(node);
            return window.showDock(name);
        };
    };
    const auto canvasWithExample = [&window]() -> QWidget* {
        if (window.workbench().document.pipeline().nodes.empty())
            for (const Example& example : examples())
                if (example.path.endsWith("/clickstream.json")) window.openFile(example.path);
        return window.showCanvas();
    };
    return {
        {text("A pipeline is a drawing"),
         text("Records flow from left to right, from producers through streams and queues to stores and consumers. "
              "Every "
              "box is a service that really runs here, with its limits. Drag boxes; pull wires from the round ports."),
         canvasWithExample},
        {text("More boxes are in the palette"),
         text("Drag one onto the drawing, or double-click it. On the drawing, Tab or a double-click offers the same "
              "list."),
         dock("palette")},
        {text("Press Run"),
         text("F5 runs the pipeline. The speed may be raised to 1000× or to as fast as this machine can; the seed "
              "makes chance "
              "repeatable."),
         child("runBar")},
        {text("Turn up the load"),
         text("Select the producer “website” and pull RecordsPerSecond to 3,000. Changes take effect while the "
              "pipeline runs."),
         dockOf("inspector", "website")},
        {text("See it throttle"),
         text("A shard takes 1,000 records and 1 MiB a second. The stream turns to the colour and the sign of "
              "throttling; rest the "
              "mouse on it: it says which limit, which shard, and what would help."),
         canvasWithExample},
        {text("Find the hot shard"),
         text("The monitor shows rates against the limit, and as a heat map every shard by the second. Click a cell "
              "for the keys "
              "behind it. Drag the time line to look back."),
         dockOf("monitor", "clicks")},
        {text("Heal it"), text("Select the stream “clicks” and give it 4 shards. Watch the throttling end."),
         dockOf("inspector", "clicks")},
        {text("Look at the records"),
         text("Double-click a wire, a stream, a queue or a bucket: here are its records, without disturbing the run. "
              "Ctrl+K finds "
              "every command. Have fun!"),
         dock("records")},
    };
}

} // namespace streamwright::gui
