// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/shell/status_line.h"

#include <QPainter>

#include "app/gui/shell/human_text.h"

namespace streamwright::gui {

StatusLine::StatusLine(Workbench& workbench, QWidget* parent) : QStatusBar(parent), workbench_(workbench)
{
    const auto label = [this](const char* name, const QString& help) {
        auto* made = new QLabel(this);
        made->setObjectName(name);
        made->setToolTip(help);
        made->setContentsMargins(8, 0, 8, 0);
        addPermanentWidget(made);
        return made;
    };
    rate_ = label("statusRate", tr("Records taken by streams, queues and stores in the last second"));
    throttles_ = label("statusThrottles", tr("Records refused by a limit in the last second"));
    endpoint_ =
        label("statusEndpoint", tr("AWS clients (CLI, SDKs) can use the run here: give them it as the endpoint URL"));
    endpoint_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    memory_ = label("statusMemory", tr("What streams and queues hold in memory"));
    problems_ = new QToolButton(this);
    problems_->setObjectName("statusProblems");
    problems_->setAutoRaise(true);
    problems_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    addPermanentWidget(problems_);
    connect(problems_, &QToolButton::clicked, this, &StatusLine::problemsWanted);
    connect(&workbench.run, &RunBridge::liveChanged, this, &StatusLine::showLive);
    connect(&workbench.run, &RunBridge::stateChanged, this, &StatusLine::showLive);
    connect(&workbench.document, &DocumentModel::changed, this, &StatusLine::showProblems);
    connect(&workbench, &Workbench::message, this, &StatusLine::say);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        showLive();
        showProblems();
    });
    connect(this, &QStatusBar::messageChanged, this, [this](const QString& text) {
        setToolTip(text);
        giveWay();
    });
    showLive();
    showProblems();
}

void StatusLine::say(const QString& text)
{
    complaining_ = false;
    showMessage(text, std::max(6000, 100 * static_cast<int>(text.size())));
}

void StatusLine::complain(const QString& text)
{
    complaining_ = true;
    showMessage(text, 20000);
}

void StatusLine::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const int left = fontMetrics().height() / 2;
    const QWidget* first = rate_->isVisible() ? static_cast<QWidget*>(rate_) : problems_;
    const QRect room(left, 0, first->x() - 2 * left, height());
    painter.setPen(colour(complaining_ ? Theme::Failing : Theme::Text));
    painter.drawText(room, Qt::AlignVCenter | Qt::TextSingleLine,
                     fontMetrics().elidedText(currentMessage(), Qt::ElideMiddle, room.width()));
}

QSize StatusLine::minimumSizeHint() const
{
    return {problems_->sizeHint().width() * 2, QStatusBar::minimumSizeHint().height()};
}

// The message and the problems come first, then the figures, in their order, as far as there is room.
void StatusLine::giveWay()
{
    const QString message = currentMessage();
    const int em = fontMetrics().height();
    int room = width() - problems_->sizeHint().width() - 2 * em;
    if (!message.isEmpty()) room -= fontMetrics().horizontalAdvance(message) + 2 * em;
    for (QLabel* label : {rate_, throttles_, endpoint_, memory_}) {
        room -= label->sizeHint().width() + em / 2;
        label->setVisible(room >= 0 && !label->text().isEmpty());
    }
}

void StatusLine::resizeEvent(QResizeEvent* event)
{
    QStatusBar::resizeEvent(event);
    giveWay();
}

void StatusLine::showLive()
{
    const bool run = workbench_.run.hasRun();
    const LiveView& live = workbench_.run.live();
    rate_->setText(run ? rateText(live.recordsPerSecond, tr("records/s")) : tr("not running"));
    throttles_->setText(run ? tr("%1 throttled/s").arg(countText(live.throttlesPerSecond)) : QString());
    memory_->setText(run ? tr("%1 held").arg(bytesText(static_cast<double>(live.memory.value()))) : QString());
    const QString url = run ? workbench_.run.endpointUrl() : QString();
    endpoint_->setText(url.isEmpty() ? QString() : tr("AWS %1").arg(url));
    QPalette ink = palette();
    if (run && live.throttlesPerSecond > 0) ink.setColor(QPalette::WindowText, colour(Theme::Throttling));
    throttles_->setPalette(ink);
    giveWay();
}

void StatusLine::showProblems()
{
    const std::size_t count = workbench_.document.problems().size();
    problems_->setText(count == 0 ? tr("No problems") : count == 1 ? tr("1 problem") : tr("%1 problems").arg(count));
    problems_->setIcon(count == 0 ? Theme::instance().icon("ok", colour(Theme::TextMuted))
                                  : Theme::instance().icon("problems", colour(Theme::Failing)));
    problems_->setAccessibleName(problems_->text());
    giveWay();
}

} // namespace streamwright::gui
