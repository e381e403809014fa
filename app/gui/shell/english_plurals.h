// SPDX-License-Identifier: GPL-3.0-or-later
// EnglishPlurals: the texts are English already; only tr("%n node(s)") needs its ending. Installed once by each main().
#pragma once

#include <QTranslator>

namespace streamwright::gui {

class EnglishPlurals : public QTranslator {
public:
    using QTranslator::QTranslator;
    bool isEmpty() const override { return false; }
    QString translate(const char*, const char* text, const char*, int count) const override
    {
        QString out = QString::fromUtf8(text);
        return count < 0 || !out.contains("(s)") ? QString() : out.replace("(s)", count == 1 ? "" : "s");
    }
};

} // namespace streamwright::gui
