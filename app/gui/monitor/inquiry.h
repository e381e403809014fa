// SPDX-License-Identifier: GPL-3.0-or-later
// Inquiry: a view's standing question to the run: one at a time, the newest wish put when the last is answered, answers of
// an earlier run dropped. Owned by its view; GUI thread (questions run elsewhere, see RunBridge::ask).
#pragma once

#include <functional>
#include <utility>

#include "app/gui/bridge/run_bridge.h"

namespace streamwright::gui {

class Inquiry : public QObject {
public:
    // again: puts the question anew, with what is wished by then.
    Inquiry(RunBridge& run, QObject* owner, std::function<void()> again)
        : QObject(owner),
          run_(run),
          again_(std::move(again))
    {
        connect(&run, &RunBridge::runStarted, this, [this] { ++runNumber_; });
    }

    template <typename Question, typename Answer>
    void put(Question question, Answer answer)
    {
        if (!run_.hasRun()) return;
        wished_ = busy_;
        if (busy_) return;
        busy_ = true;
        run_.ask(
            this, std::move(question),
            [this, answer = std::move(answer), number = runNumber_](auto value) mutable {
                busy_ = false;
                if (number == runNumber_)
                    answer(std::move(value));
                else
                    wished_ = true;
                if (std::exchange(wished_, false)) again_();
            },
            [this] { busy_ = wished_ = false; });
    }

private:
    RunBridge& run_;
    std::function<void()> again_;
    int runNumber_ = 0;
    bool busy_ = false;
    bool wished_ = false;
};

} // namespace streamwright::gui
