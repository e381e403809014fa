// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/inspector/json_highlighter.h"

#include <QRegularExpression>

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

JsonHighlighter::JsonHighlighter(QTextDocument* document) : QSyntaxHighlighter(document)
{
    connect(&Theme::instance(), &Theme::changed, this, &QSyntaxHighlighter::rehighlight);
}

void JsonHighlighter::highlightBlock(const QString& text)
{
    static const QRegularExpression strings(R"("(?:[^"\\]|\\.)*"?(\s*:)?)");
    static const QRegularExpression plain(R"(-?\b\d[\d.eE+-]*\b|\b(?:true|false|null)\b)");
    static const QRegularExpression fields(R"(\{\{.*?\}\})");
    for (auto match = plain.globalMatch(text); match.hasNext();) {
        const auto found = match.next();
        setFormat(static_cast<int>(found.capturedStart()), static_cast<int>(found.capturedLength()),
                  colour(Theme::Series1));
    }
    for (auto match = strings.globalMatch(text); match.hasNext();) {
        const auto found = match.next();
        const bool key = found.capturedLength(1) > 0;
        setFormat(static_cast<int>(found.capturedStart()), static_cast<int>(found.capturedLength()),
                  colour(key ? Theme::Series0 : Theme::Series2));
        QTextCharFormat generated;
        generated.setForeground(colour(Theme::Series4));
        generated.setFontWeight(QFont::DemiBold);
        for (auto inner = fields.globalMatch(found.captured()); inner.hasNext();) {
            const auto part = inner.next();
            setFormat(static_cast<int>(found.capturedStart() + part.capturedStart()),
                      static_cast<int>(part.capturedLength()), generated);
        }
    }
}

} // namespace streamwright::gui
