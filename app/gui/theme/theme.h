// SPDX-License-Identifier: GPL-3.0-or-later
// Theme: every colour, font size and icon of the window, light and dark, in one place. Follows the system unless told
// otherwise. GUI thread. Colours are asked for when painting, never kept: changed() says when they differ.
#pragma once

#include <QColor>
#include <QIcon>
#include <QObject>
#include <QPalette>

#include "app/session/live_view.h"

namespace streamwright::gui {

class Theme : public QObject {
    Q_OBJECT
public:
    enum class Choice { System, Light, Dark };
    Q_ENUM(Choice)

    // What a colour is for. The tables of both themes stand in theme.cpp; text on its ground has a contrast of 4.5 or more.
    enum Token {
        Window, // behind docks and forms
        Surface, // fields, lists, cards
        SurfaceRaised, // hovered and alternate rows
        Border,
        Text,
        TextMuted,
        TextOnAccent,
        Accent, // selection, focus, the one main action
        AccentSoft, // ground of what is selected
        Canvas,
        CanvasGrid,
        NodeBody,
        NodeHeader,
        NodeBorder,
        Edge,
        Ok,
        Starved,
        Throttling, // warnings, too
        Failing, // errors, too
        Stopped,
        NoteYellow,
        NoteBlue,
        NoteGreen,
        NoteRed,
        NoteGrey,
        GroupFrame,
        Series0, // eight colours of chart lines that stay apart for the colour-blind
        Series1,
        Series2,
        Series3,
        Series4,
        Series5,
        Series6,
        Series7,
        TokenCount
    };

    static Theme& instance();

    void choose(Choice choice);
    Choice choice() const { return choice_; }
    bool dark() const { return dark_; }

    QColor colour(Token token) const;
    QColor stateColour(NodeState state) const;
    QColor seriesColour(int index) const { return colour(static_cast<Token>(Series0 + index % 8)); }
    QColor familyColour(const QString& family) const; // one hue a service family

    // resources/icons/NAME.svg in the colour of the text (or another); an unknown name gives the icon "node".
    QIcon icon(const QString& name) const;
    QIcon icon(const QString& name, const QColor& colour) const;

signals:
    void changed();

private:
    Theme();
    void apply();
    bool systemIsDark() const;

    Choice choice_ = Choice::System;
    bool dark_ = false;
    QPalette systemPalette_;
};

inline QColor colour(Theme::Token token) { return Theme::instance().colour(token); }

} // namespace streamwright::gui
