// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/records/records_words.h"

#include <QLocale>

#include "app/session/record_text.h"

namespace streamwright::gui {

QString sourceText(const QString& key)
{
    const QStringList ends = key.split('>');
    if (ends.size() != 2) return key;
    return QString("%1 → %2").arg(ends[0].section('.', 0, -2), ends[1].section('.', 0, -2));
}

QString emptyTableText(const RunBridge& run, const RecordsModel& model, const QString& wanted, const QString& shown)
{
    if (!run.hasRun())
        return wanted.isEmpty()
                   ? RecordsModel::tr("Run the pipeline to see the records in its streams, queues and buckets.")
                   : RecordsModel::tr("Run the pipeline to see the records of %1.").arg(sourceText(wanted));
    if (shown.isEmpty())
        return RecordsModel::tr(
            "Choose what to look at above, or double-click a stream, a queue, a bucket or an edge in the drawing.");
    if (model.found() == RecordsModel::Found::Waiting) return RecordsModel::tr("Looking…");
    if (model.found() == RecordsModel::Found::Nothing)
        return RecordsModel::tr("%1 keeps no records in this run. Choose a stream, a queue or a bucket above.")
            .arg(sourceText(shown));
    if (model.total() == 0 && shown.contains('>')) {
        if (!run.active())
            return RecordsModel::tr("The run is over, and nothing was seen to pass %1.").arg(sourceText(shown));
        return run.state() == RunState::Paused
                   ? RecordsModel::tr("Resume the run, or step it, to see what passes %1.").arg(sourceText(shown))
                   : RecordsModel::tr("Waiting for records to pass %1: they are shown from now on.")
                         .arg(sourceText(shown));
    }
    if (model.total() == 0) {
        const bool had = std::ranges::any_of(model.parts(), [](const BrowsePart& part) { return part.next > 0; });
        return had ? RecordsModel::tr("There are no records in %1 now: all that came were consumed or have expired.")
                         .arg(sourceText(shown))
                   : RecordsModel::tr("No records have come to %1 yet.").arg(sourceText(shown));
    }
    if (model.filtered() && model.rowCount() == 0 && !model.searching())
        return RecordsModel::tr("No record matches the filter.");
    return {};
}

QString countText(const RecordsModel& model)
{
    const auto number = [](std::uint64_t n) { return QLocale().toString(static_cast<qulonglong>(n)); };
    if (model.found() != RecordsModel::Found::Records) return {};
    QStringList words;
    if (model.filtered()) {
        words << RecordsModel::tr("%1 found").arg(number(static_cast<std::uint64_t>(model.rowCount())));
        words << RecordsModel::tr("searched %1 of %2")
                     .arg(number(std::min(model.searched(), model.total())), number(model.total()));
    } else {
        words << (model.total() == 1 ? RecordsModel::tr("1 record")
                                     : RecordsModel::tr("%1 records").arg(number(model.total())));
    }
    if (model.kept() > model.total()) words << RecordsModel::tr("the newest of %1").arg(number(model.kept()));
    if (model.outdated()) words << RecordsModel::tr("more has changed: refresh to search again");
    if (!model.following())
        words << RecordsModel::tr("held at %1").arg(QString::fromStdString(isoTime(model.viewedAt())).mid(11, 8));
    if (model.pending() > 0) words << RecordsModel::tr("%1 new").arg(number(model.pending()));
    return words.join("  ·  ");
}

} // namespace streamwright::gui
