// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/shell/examples.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include "core/base/file.h"
#include "core/graph/pipeline_file.h"

namespace streamwright::gui {

QString resourceFolder()
{
    const QDir program(QCoreApplication::applicationDirPath());
    for (const char* relative : {"../share/streamwright", "../../resources", "resources"})
        if (const QString folder = program.absoluteFilePath(relative); QFileInfo::exists(folder + "/pipelines"))
            return QDir::cleanPath(folder);
    return {};
}

std::vector<Example> examples()
{
    std::vector<Example> found;
    const QString folder = resourceFolder();
    if (folder.isEmpty()) return found;
    for (const QFileInfo& file : QDir(folder + "/pipelines").entryInfoList({"*.json"}, QDir::Files, QDir::Name)) {
        const auto text = readFile(file.absoluteFilePath().toStdString());
        if (!text) continue;
        const Pipeline pipeline = readPipeline(*text).pipeline;
        const QString description = QString::fromStdString(pipeline.description);
        const auto end = description.indexOf(". ");
        found.push_back({file.absoluteFilePath(), QString::fromStdString(pipeline.name),
                         end < 0 ? description : description.left(end + 1)});
    }
    // The one that the README and the tour speak of comes first.
    std::stable_sort(found.begin(), found.end(), [](const Example& a, const Example& b) {
        return a.path.endsWith("/clickstream.json") > b.path.endsWith("/clickstream.json");
    });
    return found;
}

bool isExample(const QString& path)
{
    const QString folder = resourceFolder();
    return !folder.isEmpty() && QFileInfo(path).absoluteFilePath().startsWith(folder + "/");
}

} // namespace streamwright::gui
