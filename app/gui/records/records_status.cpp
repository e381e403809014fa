// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/records/records_status.h"

#include <QHBoxLayout>
#include <QLocale>

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

RecordsStatus::RecordsStatus(RecordSaving& saving, QWidget* parent)
    : QWidget(parent),
      saving_(saving),
      counts_(new QLabel),
      progress_(new QProgressBar),
      cancel_(new QToolButton),
      told_(new QLabel)
{
    counts_->setObjectName("recordsCounts");
    told_->setObjectName("recordsTold");
    progress_->setObjectName("recordsProgress");
    progress_->setTextVisible(false);
    progress_->setRange(0, 1000);
    progress_->setFixedSize(fontMetrics().averageCharWidth() * 20, fontMetrics().height() / 2);
    progress_->hide();
    cancel_->setObjectName("recordsCancel");
    cancel_->setText(tr("Stop"));
    cancel_->setAutoRaise(true);
    cancel_->hide();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 2, 8, 2);
    layout->addWidget(counts_);
    layout->addWidget(progress_);
    layout->addWidget(cancel_);
    layout->addStretch();
    layout->addWidget(told_);
    connect(cancel_, &QToolButton::clicked, &saving, &RecordSaving::cancel);
    connect(&saving, &RecordSaving::progress, this, &RecordsStatus::showProgress);
    connect(&saving, &RecordSaving::finished, this, [this](const QString& text) { say(text, false); });
    connect(&saving, &RecordSaving::failed, this, [this](const QString& text) { say(text, true); });
    connect(&Theme::instance(), &Theme::changed, this, &RecordsStatus::dress);
}

void RecordsStatus::say(const QString& text, bool bad)
{
    progress_->setVisible(saving_.busy());
    cancel_->setVisible(saving_.busy());
    bad_ = bad;
    told_->setText(text);
    dress();
}

void RecordsStatus::showProgress(quint64 done, quint64 of)
{
    progress_->setValue(static_cast<int>(done * 1000 / std::max<quint64>(1, of)));
    say(tr("Saving %1 of %2").arg(QLocale().toString(done), QLocale().toString(of)), false);
}

void RecordsStatus::dress()
{
    QPalette palette;
    palette.setColor(QPalette::WindowText, colour(bad_ ? Theme::Failing : Theme::TextMuted));
    told_->setPalette(palette);
}

} // namespace streamwright::gui
