// SPDX-License-Identifier: GPL-3.0-or-later
// RunBridge: the border between the GUI thread and the engine. Everything a widget learns of a run comes through here, by
// value: a LiveView five times a second, and answers to questions that are put to the engine on a thread of the bridge's
// own. No lock of the engine is ever waited for on the GUI thread. GUI thread only, but for what says otherwise.
#pragma once

#include <QObject>
#include <QPointer>
#include <QThreadPool>
#include <QTimer>
#include <functional>
#include <memory>
#include <optional>

#include "app/gui/models/document_model.h"
#include "app/session/live_view.h"
#include "app/session/run_control.h"

namespace streamwright::gui {

class RunBridge : public QObject {
    Q_OBJECT
public:
    explicit RunBridge(DocumentModel& document);
    ~RunBridge() override;

    // The run bar's actions. start takes the drawing as it is; problems of it are told by a Problem naming the first.
    Result<void> start();
    void pause();
    void resume();
    void stepTick();
    void stepSecond();
    void stop();
    void setSpeed(double speed); // seconds of the run in a second; 0 = as fast as the machine can
    // For the next start; seed and duration are the drawing's.
    RunOptions& options() { return options_; }
    // Where AWS clients connect to the run; "" when they cannot.
    QString endpointUrl() const { return QString::fromStdString(control_.endpointUrl()); }

    RunState state() const { return state_; }
    bool active() const { return state_ == RunState::Running || state_ == RunState::Paused; }
    bool hasRun() const { return !forgotten_ && control_.engine() != nullptr; }
    // Of the run that is on, else of the next one; none = until stopped.
    std::optional<Duration> duration() const { return active() ? options_.duration : document_.pipeline().runFor; }
    QString failure() const { return QString::fromStdString(control_.failure()); }
    const LiveView& live() const { return live_; }

    // The moment of the run that badges and charts show: none = now. live() and liveChanged follow.
    void showMoment(std::optional<Time> moment);
    std::optional<Time> moment() const { return moment_; }

    // Puts a question to the run's engine on the bridge's thread; answer is called on the GUI thread, unless receiver is
    // gone by then or there is no run. The question must copy what it takes along: it runs elsewhere. One that throws is
    // told by questionFailed, and unanswered is called instead of answer.
    template <typename Question, typename Answer>
    void ask(QObject* receiver, Question question, Answer answer, std::function<void()> unanswered = {})
    {
        const std::shared_ptr<Engine> engine = forgotten_ ? nullptr : control_.engine();
        if (!engine) return;
        pool_.start([engine, question = std::move(question), answer = std::move(answer),
                     unanswered = std::move(unanswered), receiver = QPointer<QObject>(receiver), this] {
            std::shared_ptr<decltype(question(*engine))> value;
            try {
                value = std::make_shared<decltype(question(*engine))>(question(*engine));
            } catch (const std::exception& error) {
                return tellFailed(receiver, error.what(), unanswered);
            }
            QMetaObject::invokeMethod(
                this,
                [receiver, answer, value]() mutable {
                    if (receiver) answer(std::move(*value));
                },
                Qt::QueuedConnection);
        });
    }

    // The requests of AWS clients after that number, oldest first, with the run's start; answered as ask() answers.
    struct Requests {
        std::vector<RequestLogEntry> entries;
        Time start{};
    };
    void askRequests(QObject* receiver, std::uint64_t after, std::function<void(Requests)> answer,
                     std::function<void()> unanswered);

signals:
    void liveChanged(); // live() is new: up to five times a second while running, and once after each jump
    void stateChanged(); // state() is new
    void runStarted(); // another engine: what was kept of the last run is old
    void questionFailed(const QString& message); // a question threw: what asked for it shows what it had
    void editRefused(const QString& message); // an edit that the running engine could not take; the drawing keeps it

private:
    void takeLiveView();
    void updateRun();
    void forgetRun();
    void tellFailed(const QPointer<QObject>& receiver, const char* why, const std::function<void()>& unanswered);

    DocumentModel& document_;
    RunControl control_;
    RunOptions options_;
    RunState state_ = RunState::Stopped;
    LiveView live_;
    std::optional<Time> moment_;
    int run_ = 0; // counts runs: answers about another one are dropped
    bool forgotten_ = false; // the last run was of another drawing
    bool viewing_ = false, viewAgain_ = false;
    QTimer timer_; // live views
    QTimer update_; // edits, gathered
    QThreadPool pool_;
};

} // namespace streamwright::gui
