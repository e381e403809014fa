// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/records/record_saving.h"

#include <QFileInfo>
#include <QLocale>

#include "app/session/record_export.h"
#include "app/session/record_search.h"
#include "core/base/file.h"

namespace streamwright::gui {

namespace {

constexpr auto kSlice = std::chrono::milliseconds(10);
constexpr std::uint64_t kBlock = 128; // records read at once
constexpr ByteCount kWhole = ByteCount::mib(64);

} // namespace

// Touched by one thread at a time: a slice is asked for when the one before it has been answered.
struct RecordSaving::Job {
    std::string path;
    Wish wish;
    std::unique_ptr<RecordExport> file;
    std::uint64_t next = 0;
    std::uint64_t gone = 0;
    std::optional<Problem> problem;

    bool done() const { return next == wish.count; }

    void run()
    {
        const auto until = std::chrono::steady_clock::now() + kSlice;
        if (!file) {
            auto opened = RecordExport::open(path);
            if (!opened) {
                problem = opened.problem();
                return;
            }
            file = std::move(*opened);
        }
        while (!done() && !problem && std::chrono::steady_clock::now() < until)
            writeBlock();
        if (!done() || problem) return;
        if (auto finished = file->finish(); !finished) problem = finished.problem();
    }

    void writeBlock()
    {
        std::vector<std::uint64_t> indices;
        for (const std::uint64_t end = std::min(wish.count, next + kBlock); next < end; ++next)
            indices.push_back(wish.index(next));
        for (const BrowseRow& row : rowsAt(*wish.view, indices, kWhole)) {
            if (row.gone)
                ++gone;
            else if (auto written = file->write(row); !written) {
                problem = written.problem();
                return;
            }
        }
    }
};

void RecordSaving::start(const QString& path, Wish wish)
{
    if (busy() || !wish.view) return;
    job_ = std::make_shared<Job>();
    job_->path = path.toStdString();
    job_->wish = std::move(wish);
    goOn();
}

void RecordSaving::goOn()
{
    run_.ask(
        this,
        [job = job_](Engine&) {
            job->run();
            return true;
        },
        [this, job = job_](bool) {
            if (job != job_) return; // cancelled: the file goes with the job
            const auto number = [](std::uint64_t n) { return QLocale().toString(static_cast<qulonglong>(n)); };
            const QString name = QFileInfo(QString::fromStdString(job->path)).fileName();
            if (job->problem) {
                job_.reset();
                emit failed(tr("Not saved: %1").arg(QString::fromStdString(job->problem->text())));
            } else if (job->done()) {
                job_.reset();
                QString text = tr("%1 records saved in %2").arg(number(job->file->records()), name);
                if (job->gone > 0) text += tr("; %1 had left meanwhile").arg(number(job->gone));
                emit finished(text);
            } else {
                emit progress(job->next, job->wish.count);
                goOn();
            }
        },
        [this, job = job_] {
            if (job != job_) return;
            job_.reset();
            emit failed(tr("Not saved: the records could not be read."));
        });
}

void RecordSaving::saveData(const QString& path, std::shared_ptr<const BrowseView> view, std::uint64_t index)
{
    run_.ask(
        this,
        [path = path.toStdString(), view = std::move(view), index](Engine&) -> Result<void> {
            auto content = view->content(index, RecordExport::kMost);
            if (!content) return content.problem();
            return writeFileAtomically(path, content->plain);
        },
        [this, path](const Result<void>& saved) {
            if (saved)
                emit finished(tr("Data saved in %1").arg(QFileInfo(path).fileName()));
            else
                emit failed(tr("Not saved: %1").arg(QString::fromStdString(saved.problem().text())));
        },
        [this] { emit failed(tr("Not saved: the record could not be read.")); });
}

void RecordSaving::cancel()
{
    if (!busy()) return;
    job_.reset();
    emit finished(tr("Saving was stopped; nothing was kept."));
}

} // namespace streamwright::gui
