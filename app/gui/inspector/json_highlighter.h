// SPDX-License-Identifier: GPL-3.0-or-later
// JsonHighlighter: colours of JSON text: keys, strings, numbers, and the {{fields}} inside strings. Owned by its document;
// GUI thread.
#pragma once

#include <QSyntaxHighlighter>

namespace streamwright::gui {

class JsonHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
public:
    explicit JsonHighlighter(QTextDocument* document);

protected:
    void highlightBlock(const QString& text) override;
};

} // namespace streamwright::gui
