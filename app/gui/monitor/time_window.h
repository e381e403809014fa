// SPDX-License-Identifier: GPL-3.0-or-later
// TimeWindow: the part of the run that every chart of the monitor shows, and the time under the mouse. Follows the run's
// end until a person zooms, pans or pauses. Times in seconds of the run. Owned by the monitor panel; GUI thread.
#pragma once

#include <QObject>
#include <optional>

namespace streamwright::gui {

class TimeWindow : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    double from() const { return from_; }
    double to() const { return to_; }
    double end() const { return end_; } // of the run so far
    bool following() const { return following_ && !paused_; }
    bool paused() const { return paused_; }
    double missed() const { return paused_ ? end_ - pausedAt_ : 0; } // seconds collected, not shown

    void restart(); // another run
    void setEnd(double seconds); // the run has come so far
    void setSpan(double seconds); // how much is shown when following; 0 = the whole run
    double span() const { return span_; }
    void setPaused(bool paused);
    void zoom(double factor, double around);
    void pan(double seconds);
    void show(double from, double to);
    void reset(); // follow again; paused, as at the pause
    // A moment looked back at stays in sight, and the window stays with it; none = with the run again.
    void setMoment(std::optional<double> seconds);
    std::optional<double> moment() const { return moment_; }
    void hover(std::optional<double> seconds);
    std::optional<double> hovered() const { return hovered_; }

signals:
    void changed(); // from, to
    void pausedChanged();
    void hoveredChanged();

private:
    void follow();
    void set(double from, double to);

    double from_ = 0, to_ = 60, end_ = 0, span_ = 300, pausedAt_ = 0;
    bool following_ = true, paused_ = false;
    std::optional<double> hovered_, moment_;
};

} // namespace streamwright::gui
