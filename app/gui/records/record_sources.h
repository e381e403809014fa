// SPDX-License-Identifier: GPL-3.0-or-later
// RecordSources: what of a run can be looked into, and the one edge that the engine keeps records of while it is looked at.
// Owned by the records panel; GUI thread.
#pragma once

#include <QObject>

#include "app/gui/bridge/run_bridge.h"

namespace streamwright::gui {

class RecordSources : public QObject {
    Q_OBJECT
public:
    explicit RecordSources(RunBridge& run, QObject* parent = nullptr) : QObject(parent), run_(run) { }

    struct List {
        std::vector<std::string> nodes; // that can be looked into
        std::vector<std::string> takers; // that take records by hand
        std::vector<std::string> edges; // that can be looked at
        bool operator==(const List&) const = default;
    };
    void ask(); // changed() tells that the answer is there
    void forget(); // the run is another one, or of another drawing
    const List& get() const { return list_; }
    bool known() const { return list_ != List(); }

    // What shows the records that are wanted: where nothing passes an edge any more, the node at one of its ends.
    QString keeperOf(const QString& id) const;

    void tap(const QString& edge); // that one alone; "" for none
    const QString& tapped() const { return tapped_; }

signals:
    void changed();

private:
    RunBridge& run_;
    List list_;
    QString tapped_;
};

} // namespace streamwright::gui
