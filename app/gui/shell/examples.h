// SPDX-License-Identifier: GPL-3.0-or-later
// The examples that come with the program: found beside the program (installed, or in its build tree). Any thread.
#pragma once

#include <QString>
#include <vector>

namespace streamwright::gui {

struct Example {
    QString path;
    QString name;
    QString line; // the first sentence of its description
};

QString resourceFolder(); // holds pipelines/ and datasets/; "" when there is none
std::vector<Example> examples();
// Whether the file belongs to the program: saving goes elsewhere.
bool isExample(const QString& path);

} // namespace streamwright::gui
