// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/records/send_form.h"

#include <QAction>
#include <QFontDatabase>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

namespace {

constexpr int kAtOnce = 50; // records a question: the bridge's thread is shared

void setTextColour(QWidget* widget, Theme::Token token)
{
    QPalette palette = widget->palette();
    palette.setColor(QPalette::WindowText, colour(token));
    widget->setPalette(palette);
}

} // namespace

SendForm::SendForm(RunBridge& run, QWidget* parent)
    : QWidget(parent),
      run_(run),
      target_(new QComboBox),
      key_(new QLineEdit),
      data_(new QPlainTextEdit),
      verdict_(new QLabel),
      count_(new QSpinBox),
      send_(new QPushButton(tr("Send"))),
      result_(new QLabel)
{
    setObjectName("sendForm");
    target_->setObjectName("sendTarget");
    target_->setAccessibleName(tr("Send into"));
    key_->setObjectName("sendKey");
    key_->setAccessibleName(tr("Key"));
    key_->setPlaceholderText(tr("partition key, or message group of a FIFO queue"));
    data_->setObjectName("sendData");
    data_->setAccessibleName(tr("Data"));
    data_->setPlaceholderText(tr("{\"page\": \"/home\"} or any text"));
    data_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    data_->setTabChangesFocus(true);
    verdict_->setObjectName("sendVerdict");
    count_->setObjectName("sendCount");
    count_->setAccessibleName(tr("How many times"));
    count_->setRange(1, 100'000);
    count_->setPrefix(tr("× "));
    send_->setObjectName("sendButton");
    send_->setDefault(true);
    result_->setObjectName("sendResult");
    result_->setAccessibleName(tr("What became of it"));
    result_->setWordWrap(true);

    auto* head = new QHBoxLayout;
    head->addWidget(new QLabel(tr("Send into")));
    head->addWidget(target_, 1);
    auto* close = new QToolButton;
    close->setObjectName("sendClose");
    close->setIcon(Theme::instance().icon("close"));
    close->setAccessibleName(tr("Close the form"));
    close->setToolTip(tr("Back to the record"));
    close->setAutoRaise(true);
    connect(&Theme::instance(), &Theme::changed, close, [close] { close->setIcon(Theme::instance().icon("close")); });
    connect(close, &QToolButton::clicked, this, &SendForm::closed);
    head->addWidget(close);

    auto* foot = new QHBoxLayout;
    foot->addWidget(count_);
    foot->addWidget(send_);
    foot->addWidget(verdict_, 1);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 4, 4);
    layout->setSpacing(4);
    layout->addLayout(head);
    layout->addWidget(key_);
    layout->addWidget(data_, 1);
    layout->addLayout(foot);
    layout->addWidget(result_);
    result_->hide();

    connect(data_, &QPlainTextEdit::textChanged, this, &SendForm::check);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        check();
        setTextColour(result_, tone_);
    });
    connect(send_, &QPushButton::clicked, this, &SendForm::send);
    auto* shortcut = new QAction(tr("Send the record"), this);
    shortcut->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    shortcut->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QAction::triggered, send_, &QPushButton::click);
    addAction(shortcut);
    send_->setToolTip(tr("Send (Ctrl+Enter)"));
    connect(&run, &RunBridge::runStarted, this, [this] { ++runs_; });
    check();
}

void SendForm::setTargets(const QStringList& nodes)
{
    const QString before = target_->currentText();
    target_->clear();
    target_->addItems(nodes);
    chooseTarget(before);
    check();
}

void SendForm::chooseTarget(const QString& node)
{
    if (const int at = target_->findText(node); at >= 0) target_->setCurrentIndex(at);
}

void SendForm::fill(const QString& key, const QString& data)
{
    key_->setText(key);
    data_->setPlainText(data);
    result_->hide();
}

// Whether it is JSON is told, not demanded: a stream takes any bytes.
void SendForm::check()
{
    const std::string text = data_->toPlainText().trimmed().toStdString();
    send_->setEnabled(!text.empty() && target_->count() > 0);
    if (text.empty() || (text.front() != '{' && text.front() != '[')) {
        verdict_->setText(text.empty() ? QString() : tr("text"));
        setTextColour(verdict_, Theme::TextMuted);
        return;
    }
    const auto parsed = parseJson(text);
    verdict_->setText(parsed ? tr("valid JSON")
                             : tr("not valid JSON: %1").arg(QString::fromStdString(parsed.problem().place)));
    verdict_->setToolTip(parsed ? QString() : QString::fromStdString(parsed.problem().text()));
    setTextColour(verdict_, parsed ? Theme::Ok : Theme::Throttling);
}

void SendForm::send()
{
    if (!run_.hasRun()) return;
    send_->setEnabled(false);
    BrowseSend record;
    record.key = key_->text().toStdString();
    record.data = data_->toPlainText().toStdString();
    sendOn(count_->value(), {}, target_->currentText(), record);
}

void SendForm::sendOn(int left, Tally tally, const QString& target, const BrowseSend& record)
{
    const int now = std::min(left, kAtOnce);
    run_.ask(
        this,
        [before = tally, now, record, node = target.toStdString()](Engine& engine) {
            Tally tally = before;
            const auto browsable = engine.browsable(node);
            for (int i = 0; i < now; ++i) {
                auto sent = browsable
                                ? browsable->send(record, engine.now())
                                : Result<BrowseSent>(Problem{ProblemCode::NotFound, "it is not in this run", node});
                if (sent) {
                    ++tally.taken;
                    tally.part = sent->part;
                    tally.sequence = sent->sequence;
                    continue;
                }
                ++(sent.problem().code == ProblemCode::LimitExceeded ? tally.throttled : tally.refused);
                tally.why = sent.problem().message;
            }
            return tally;
        },
        [this, left = left - now, target, record, runs = runs_](const Tally& told) {
            const bool sameRun = runs == runs_ && run_.hasRun();
            // What breaks a rule breaks it each time.
            const bool more = left > 0 && told.refused == 0 && sameRun;
            QString rest;
            if (more)
                rest = tr(" (%1 to go)").arg(QLocale().toString(left));
            else if (left > 0 && !sameRun)
                rest = tr(" (%1 not sent: that run is over)").arg(QLocale().toString(left));
            showTally(told, rest);
            if (told.taken > 0 && sameRun) emit sent();
            if (more)
                sendOn(left, told, target, record);
            else
                check();
        },
        [this] { check(); });
}

void SendForm::showTally(const Tally& tally, const QString& rest)
{
    const auto number = [](int n) { return QLocale().toString(n); };
    QStringList words;
    if (tally.taken > 0)
        words << tr("%1 taken, the last by %2 as %3")
                     .arg(number(tally.taken), QString::fromStdString(tally.part),
                          QString::fromStdString(tally.sequence));
    if (tally.throttled > 0) words << tr("%1 throttled").arg(number(tally.throttled));
    if (tally.refused > 0) words << tr("refused");
    QString text = words.join(tr(", "));
    if (!tally.why.empty()) text += ": " + QString::fromStdString(tally.why);
    result_->setText(text + rest);
    result_->show();
    tone_ = tally.refused > 0 ? Theme::Failing : tally.throttled > 0 ? Theme::Throttling : Theme::Ok;
    setTextColour(result_, tone_);
}

} // namespace streamwright::gui
