// SPDX-License-Identifier: GPL-3.0-or-later
// RecordSaving: records written into a file in slices on the bridge's thread, with progress and a way to stop. One saving at
// a time. Owned by the records panel; GUI thread.
#pragma once

#include <QObject>
#include <functional>
#include <memory>

#include "app/gui/bridge/run_bridge.h"
#include "core/runtime/browsable.h"

namespace streamwright::gui {

class RecordSaving : public QObject {
    Q_OBJECT
public:
    explicit RecordSaving(RunBridge& run, QObject* parent = nullptr) : QObject(parent), run_(run) { }

    struct Wish {
        std::shared_ptr<const BrowseView> view;
        std::function<std::uint64_t(std::uint64_t)> index; // in the view, of the n-th record to be saved
        std::uint64_t count = 0;
    };
    // JSONL or CSV, by the path's ending.
    void start(const QString& path, Wish wish);
    // The data of one record as it is, decompressed.
    void saveData(const QString& path, std::shared_ptr<const BrowseView> view, std::uint64_t index);
    void cancel();
    bool busy() const { return job_ != nullptr; }

signals:
    void progress(quint64 done, quint64 of);
    void finished(const QString& text); // it is done, or was stopped
    void failed(const QString& text);

private:
    struct Job;
    void goOn();

    RunBridge& run_;
    std::shared_ptr<Job> job_;
};

} // namespace streamwright::gui
