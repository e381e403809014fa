// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/monitor/time_chart.h"

#include <QContextMenuEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <QMessageBox>

#include "app/gui/monitor/chart_export.h"
#include "app/gui/monitor/number_text.h"
#include "app/gui/theme/theme.h"

namespace streamwright::gui {

TimeChart::TimeChart(TimeWindow& window, QWidget* parent)
    : QFrame(parent),
      title_(new QLabel),
      legend_(new LegendBar),
      plot_(new PlotView(window)),
      pin_(new QToolButton),
      more_(new QToolButton),
      menu_(makeMenu())
{
    title_->setObjectName("chartTitle");
    title_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    title_->setTextFormat(Qt::RichText);
    pin_->setObjectName("pin");
    pin_->setCheckable(true);
    pin_->setAutoRaise(true);
    pin_->setToolTip(tr("Keep this chart on the board, whatever is selected"));
    pin_->setAccessibleName(tr("Pin chart"));
    connect(pin_, &QToolButton::clicked, this, &TimeChart::pinWanted);
    more_->setObjectName("chartMenu");
    more_->setAutoRaise(true);
    more_->setPopupMode(QToolButton::InstantPopup);
    more_->setToolTip(tr("Scale, save as PNG, SVG or CSV"));
    more_->setAccessibleName(tr("Chart menu"));
    more_->setMenu(menu_);

    auto* head = new QHBoxLayout;
    head->setContentsMargins(0, 0, 0, 0);
    head->setSpacing(0);
    head->addWidget(title_, 1);
    head->addWidget(pin_);
    head->addWidget(more_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 2, 4, 2);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(legend_);
    layout->addWidget(plot_, 1);
    legend_->hide();
    connect(legend_, &LegendBar::hiddenChanged, this, [this] { plot_->setHidden(legend_->hidden()); });
    connect(&Theme::instance(), &Theme::changed, this, &TimeChart::restyle);
    restyle();
}

QMenu* TimeChart::makeMenu()
{
    auto* menu = new QMenu(this);
    QAction* logarithmic = menu->addAction(tr("Logarithmic scale"));
    logarithmic->setObjectName("logarithmic");
    logarithmic->setCheckable(true);
    connect(logarithmic, &QAction::toggled, plot_, &PlotView::setLogarithmic);
    connect(plot_, &PlotView::logarithmicChanged, logarithmic,
            [this, logarithmic] { logarithmic->setChecked(plot_->logarithmic()); });
    menu->addSeparator();
    for (const char* ending : {"png", "svg", "csv"}) {
        QAction* save = menu->addAction(tr("Save as %1 ...").arg(QString(ending).toUpper()));
        save->setObjectName(QString("save_") + ending);
        connect(save, &QAction::triggered, this, [this, ending] { askAndSave(ending); });
    }
    return menu;
}

void TimeChart::restyle()
{
    setStyleSheet(QString("streamwright--gui--TimeChart { background: %1; border: 1px solid %2; border-radius: 4px; }"
                          "QToolButton::menu-indicator { image: none; }")
                      .arg(colour(Theme::Surface).name(), colour(Theme::Border).name()));
    pin_->setIcon(Theme::instance().icon("pin", colour(pin_->isChecked() ? Theme::Accent : Theme::TextMuted)));
    more_->setIcon(Theme::instance().icon("more", colour(Theme::TextMuted)));
    const int size = fontMetrics().height();
    for (QToolButton* button : {pin_, more_}) {
        button->setIconSize({size - 2, size - 2});
        button->setFixedSize(size + 6, size + 4);
    }
    elideTitle();
}

void TimeChart::elideTitle()
{
    const QString unit = unitText(data().unit);
    const int taken = fontMetrics().horizontalAdvance(unit) + 12;
    const int room = std::max(40, width() - taken - pin_->width() - more_->width() - 16);
    QFont bold = font();
    bold.setBold(true);
    title_->setText(QString("<b>%1</b> <span style='color:%2'>%3</span>")
                        .arg(QFontMetrics(bold).elidedText(data().title, Qt::ElideRight, room).toHtmlEscaped(),
                             colour(Theme::TextMuted).name(), unit.toHtmlEscaped()));
    title_->setToolTip(data().title);
}

void TimeChart::setData(ChartData data)
{
    const bool renamed = data.title != this->data().title || data.unit != this->data().unit;
    legend_->setData(data);
    plot_->setData(std::move(data));
    if (!renamed) return;
    setAccessibleName(this->data().title);
    elideTitle();
}

void TimeChart::setPinned(bool pinned)
{
    pin_->setChecked(pinned);
    restyle();
}

std::size_t TimeChart::pointsWanted() const
{
    // Half a pair of points a pixel, fewer for many lines: Qt Charts' work is linear in the points of all of them.
    constexpr double kPointsOfAChart = 2400;
    const double lines = std::max<double>(1, static_cast<double>(data().lines.size()));
    return static_cast<std::size_t>(
        std::clamp(std::min(plot_->plotRect().width(), kPointsOfAChart / lines), 60.0, 4000.0));
}

void TimeChart::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    elideTitle();
}

void TimeChart::contextMenuEvent(QContextMenuEvent* event) { menu_->popup(event->globalPos()); }

bool TimeChart::saveTo(const QString& path) { return saveChart(*this, path); }

void TimeChart::askAndSave(const QString& ending)
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save the chart"), data().title + "." + ending,
                                                      QString("%1 (*.%2)").arg(ending.toUpper(), ending));
    if (path.isEmpty()) return;
    const QString whole = path.endsWith("." + ending) ? path : path + "." + ending;
    if (!saveTo(whole))
        QMessageBox::warning(this, tr("Not saved"),
                             tr("%1 cannot be written. Is there room, and may you write there?").arg(whole));
}

} // namespace streamwright::gui
