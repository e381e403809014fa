// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/records/records_bar.h"

#include <QAbstractItemView>
#include <QHBoxLayout>
#include <QMenu>
#include <QSignalBlocker>

#include "app/gui/theme/overflow_row.h"
#include "app/gui/theme/theme.h"

namespace streamwright::gui {

RecordsBar::RecordsBar(QWidget* parent)
    : QWidget(parent),
      source_(new QComboBox),
      part_(new QComboBox),
      filter_(new QLineEdit),
      place_(new QLineEdit)
{
    setObjectName("recordsBar");
    const int letter = fontMetrics().averageCharWidth();
    source_->setObjectName("recordsSource");
    source_->setAccessibleName(tr("Whose records"));
    source_->setToolTip(tr("Whose records are shown"));
    source_->setPlaceholderText(tr("Choose a source"));
    source_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    source_->setMinimumContentsLength(6);
    part_->setObjectName("recordsPart");
    part_->setAccessibleName(tr("Of which shard or part"));
    part_->setToolTip(tr("One shard or part alone"));
    part_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    part_->setMinimumContentsLength(4);
    for (QComboBox* box : {source_, part_})
        box->view()->setTextElideMode(Qt::ElideMiddle);
    filter_->setObjectName("recordsFilter");
    filter_->setAccessibleName(tr("Filter"));
    filter_->setPlaceholderText(tr("Filter: checkout   page = /home   amount > 10   @key = visitor-7"));
    filter_->setToolTip(
        tr("<p>Words are looked for in key and data. Fields of JSON data are compared with "
           "= != &lt; &lt;= &gt; &gt;= and ~ (contains): <b>page = /home</b>, <b>order.lines[0].sku ~ A1</b>."
           "<br>@key, @size, @time, @part, @sequence and @ATTRIBUTE are facts of the record."
           "<br>and, or, not and brackets join them; quotes hold words together.</p>"));
    filter_->setClearButtonEnabled(true);
    filter_->setMinimumWidth(letter * 10);
    place_->setObjectName("recordsPlace");
    place_->setAccessibleName(tr("Go to a time or a record"));
    place_->setPlaceholderText(tr("Go to 00:05:12"));
    place_->setToolTip(tr("Go to a time (00:05:12, +90s since the start) or to a record (#1200, the oldest is #1)"));
    place_->setMinimumWidth(letter * 9);
    place_->setMaximumWidth(letter * 19);

    newestFirst_ =
        make("recordsNewestFirst", "newest-first", tr("Newest first"), tr("Newest records first, or oldest"), true);
    newestFirst_->setChecked(true);
    follow_ = make("recordsFollow", "follow", tr("Follow"),
                   tr("Follow what comes; off: hold what is shown and count what is new"), true);
    follow_->setChecked(true);
    refresh_ = make("recordsRefresh", "reset", tr("Refresh"), tr("Take what is there now"), false);
    link_ = make("recordsLink", "link", tr("Show the selection's records"),
                 tr("Show the records of what is selected in the drawing"), true);
    link_->setChecked(true);
    send_ = make("recordsSend", "send", tr("Send a record…"), tr("Put a record in by hand"), true);
    saveSelected_ = make("recordsSaveSelected", "save", tr("Save selected records…"), {}, false);
    saveAll_ = make("recordsSaveAll", "save", tr("Save all shown records…"), {}, false);
    saveData_ = make("recordsSaveData", "file", tr("Save the record's data…"), {}, false);

    auto* menu = new QMenu(tr("Save records"), this);
    menu->setObjectName("recordsSaveMenu");
    menu->addActions({saveSelected_, saveAll_, saveData_});
    QAction* save = menu->menuAction();
    save->setObjectName("recordsSave");
    save->setToolTip(tr("Save records as JSONL or CSV"));
    icons_.emplace_back(save, "save");

    auto* row = new OverflowRow;
    row->addFixed(source_, 3);
    row->add(link_);
    row->addFixed(part_, 2);
    row->addFixed(filter_, 6);
    row->addFixed(place_, 3);
    for (QAction* action : {newestFirst_, follow_, refresh_, send_})
        row->add(action);
    row->add(save)->setPopupMode(QToolButton::InstantPopup);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->addWidget(row);

    connect(source_, &QComboBox::activated, this, [this] { emit sourceChosen(source()); });
    connect(part_, &QComboBox::activated, this, &RecordsBar::partChosen);
    filterDelay_.setSingleShot(true);
    filterDelay_.setInterval(400);
    connect(&filterDelay_, &QTimer::timeout, this, &RecordsBar::takeFilter);
    connect(filter_, &QLineEdit::textChanged, this, [this] { filterDelay_.start(); });
    connect(filter_, &QLineEdit::returnPressed, this, &RecordsBar::takeFilter);
    connect(place_, &QLineEdit::returnPressed, this, [this] { emit placeWanted(place_->text().trimmed()); });
    connect(&Theme::instance(), &Theme::changed, this, &RecordsBar::showIcons);
    showIcons();
    setParts({});
}

QAction* RecordsBar::make(const char* name, const char* icon, const QString& text, const QString& help, bool checkable)
{
    auto* action = new QAction(text, this);
    action->setObjectName(name);
    action->setCheckable(checkable);
    if (!help.isEmpty()) action->setToolTip(help);
    icons_.emplace_back(action, icon);
    return action;
}

void RecordsBar::showIcons()
{
    for (const auto& [action, icon] : icons_)
        action->setIcon(Theme::instance().icon(icon));
    for (int i = 0; i < source_->count(); ++i)
        source_->setItemIcon(i, Theme::instance().icon(sources_[static_cast<std::size_t>(i)].icon));
    showFilterState(filter_->property("problem").toString());
}

void RecordsBar::setSources(const std::vector<Source>& sources)
{
    if (sources == sources_) return;
    const QString chosen = source();
    sources_ = sources;
    source_->clear();
    for (const Source& one : sources) {
        source_->addItem(Theme::instance().icon(one.icon), one.text, one.id);
        source_->setItemData(source_->count() - 1, one.help, Qt::ToolTipRole);
    }
    chooseSource(chosen);
}

void RecordsBar::chooseSource(const QString& id) { source_->setCurrentIndex(source_->findData(id)); }

QString RecordsBar::source() const { return source_->currentData().toString(); }

// The choice stays where the part still is: a stream's shards change while it runs.
void RecordsBar::setParts(const std::vector<BrowsePart>& parts)
{
    const QString chosen = part_->currentData().toString();
    part_->clear();
    part_->addItem(tr("All parts"), QString());
    for (const BrowsePart& one : parts) {
        const QString name = QString::fromStdString(one.name);
        part_->addItem(one.label.empty() ? name : tr("%1 (%2)").arg(name, QString::fromStdString(one.label)), name);
    }
    part_->setCurrentIndex(std::max(0, part_->findData(chosen)));
    part_->setEnabled(parts.size() > 1);
    part_->view()->setMinimumWidth(part_->view()->sizeHintForColumn(0) + 24);
}

std::string RecordsBar::part() const { return part_->currentData().toString().toStdString(); }

void RecordsBar::setFilterText(const QString& text)
{
    filter_->setText(text);
    takeFilter();
}

void RecordsBar::takeFilter()
{
    filterDelay_.stop();
    const QString text = filter_->text().trimmed();
    const auto filter = RecordFilter::parse(text.toStdString());
    showFilterState(filter ? QString() : QString::fromStdString(filter.problem().text()));
    if (!filter || text == taken_) return;
    taken_ = text;
    emit filterChanged(*filter);
}

void RecordsBar::showFilterState(const QString& problem)
{
    QPalette palette;
    if (!problem.isEmpty()) palette.setColor(QPalette::Text, colour(Theme::Failing));
    filter_->setPalette(palette);
    if (filter_->property("problem").toString() == problem) return;
    filter_->setProperty("problem", problem);
    emit filterRefused(problem);
}

} // namespace streamwright::gui
