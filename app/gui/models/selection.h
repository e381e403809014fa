// SPDX-License-Identifier: GPL-3.0-or-later
// Selection: what is selected in the drawing, shared by canvas, inspector, monitor and records. GUI thread.
#pragma once

#include <QObject>
#include <set>
#include <string>

#include "core/graph/pipeline.h"

namespace streamwright::gui {

struct Selected {
    std::set<std::string> nodes; // ids
    std::set<std::string> edges; // edgeKey() of app/session/live_view.h
    std::set<std::string> comments; // ids
    std::set<std::string> groups; // ids
    bool operator==(const Selected&) const = default;
    bool empty() const { return nodes.empty() && edges.empty() && comments.empty() && groups.empty(); }
};

class Selection : public QObject {
    Q_OBJECT
public:
    const Selected& get() const { return selected_; }
    void set(Selected selected)
    {
        if (selected == selected_) return;
        selected_ = std::move(selected);
        emit changed();
    }
    void selectNode(const std::string& id) { set({{id}, {}, {}, {}}); }
    void selectEdge(const std::string& key) { set({{}, {key}, {}, {}}); }
    void clear() { set({}); }

signals:
    void changed();

private:
    Selected selected_;
};

} // namespace streamwright::gui
