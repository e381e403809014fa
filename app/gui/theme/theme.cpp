// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/theme/theme.h"

#include <QApplication>
#include <array>

#include "app/gui/theme/icon_engine.h"
#include "app/gui/theme/style.h"

namespace streamwright::gui {

namespace {

struct Pair {
    QRgb light, dark;
};

constexpr std::array<Pair, Theme::TokenCount> kColours = {{
    {0xfff3f4f6, 0xff1f2227}, // Window
    {0xffffffff, 0xff272b31}, // Surface
    {0xffeceef1, 0xff30353c}, // SurfaceRaised
    {0xffcfd4da, 0xff434951}, // Border
    {0xff1d232a, 0xffe6e9ed}, // Text
    {0xff5a6572, 0xffa3adb8}, // TextMuted
    {0xffffffff, 0xff10151b}, // TextOnAccent
    {0xff1f66c7, 0xff6ca9f5}, // Accent
    {0xffdbe8fa, 0xff2b3f58}, // AccentSoft
    {0xfff9fafb, 0xff1a1d21}, // Canvas
    {0xffe3e6ea, 0xff2a2e34}, // CanvasGrid
    {0xffffffff, 0xff2b2f36}, // NodeBody
    {0xfff0f2f5, 0xff343941}, // NodeHeader
    {0xffb9c1cb, 0xff545c67}, // NodeBorder
    {0xff7a8694, 0xff8b96a3}, // Edge
    {0xff1a7f4b, 0xff4fc487}, // Ok
    {0xff4a6a94, 0xff8fb0dc}, // Starved
    {0xffa85d00, 0xffffb545}, // Throttling
    {0xffc22f2f, 0xffff7b72}, // Failing
    {0xff6d7782, 0xff8f99a5}, // Stopped
    {0xfffff3c4, 0xff4d4526}, // NoteYellow
    {0xffdcebfb, 0xff2a3c50}, // NoteBlue
    {0xffdff3e4, 0xff2a4433}, // NoteGreen
    {0xfffbe0de, 0xff50302e}, // NoteRed
    {0xffe9ebee, 0xff383d44}, // NoteGrey
    {0xff8492a3, 0xff6d7a8a}, // GroupFrame
    {0xff1f66c7, 0xff6ca9f5}, // Series0
    {0xffc65d00, 0xffff9d4d}, // Series1
    {0xff12805c, 0xff46c79b}, // Series2
    {0xffb0306f, 0xfff07fb5}, // Series3
    {0xff7a4fc0, 0xffb794f6}, // Series4
    {0xff0f7c8c, 0xff4fc3d4}, // Series5
    {0xff8a6a00, 0xffe0c04a}, // Series6
    {0xff5f6b78, 0xffa9b4c0}, // Series7
}};

} // namespace

Theme& Theme::instance()
{
    static Theme theme;
    return theme;
}

Theme::Theme() : systemPalette_(QGuiApplication::palette())
{
    QApplication::setStyle(new Style);
    apply();
}

bool Theme::systemIsDark() const { return systemPalette_.color(QPalette::Window).lightness() < 128; }

void Theme::choose(Choice choice)
{
    choice_ = choice;
    apply();
}

void Theme::apply()
{
    dark_ = choice_ == Choice::Dark || (choice_ == Choice::System && systemIsDark());
    QPalette palette;
    palette.setColor(QPalette::Window, colour(Window));
    palette.setColor(QPalette::WindowText, colour(Text));
    palette.setColor(QPalette::Base, colour(Surface));
    palette.setColor(QPalette::AlternateBase, colour(SurfaceRaised));
    palette.setColor(QPalette::Text, colour(Text));
    palette.setColor(QPalette::Button, colour(SurfaceRaised));
    palette.setColor(QPalette::ButtonText, colour(Text));
    palette.setColor(QPalette::BrightText, colour(Failing));
    palette.setColor(QPalette::ToolTipBase, colour(Surface));
    palette.setColor(QPalette::ToolTipText, colour(Text));
    palette.setColor(QPalette::PlaceholderText, colour(TextMuted));
    palette.setColor(QPalette::Highlight, colour(Accent));
    palette.setColor(QPalette::HighlightedText, colour(TextOnAccent));
    palette.setColor(QPalette::Link, colour(Accent));
    palette.setColor(QPalette::LinkVisited, colour(Accent));
    palette.setColor(QPalette::Light, colour(SurfaceRaised));
    palette.setColor(QPalette::Midlight, colour(SurfaceRaised));
    palette.setColor(QPalette::Mid, colour(Border));
    palette.setColor(QPalette::Dark, colour(Border));
    palette.setColor(QPalette::Shadow, colour(Border));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, colour(Stopped));
    QApplication::setPalette(palette);
    emit changed();
}

QColor Theme::colour(Token token) const
{
    return QColor::fromRgba(dark_ ? kColours[token].dark : kColours[token].light);
}

QColor Theme::stateColour(NodeState state) const
{
    switch (state) {
    case NodeState::Ok:
        return colour(Ok);
    case NodeState::Starved:
        return colour(Starved);
    case NodeState::Throttling:
        return colour(Throttling);
    case NodeState::Failing:
        return colour(Failing);
    case NodeState::Stopped:
        break;
    }
    return colour(Stopped);
}

QColor Theme::familyColour(const QString& family) const
{
    // The same family always has the same hue, also one that a plugin of tomorrow brings.
    uint sum = 7;
    for (const QChar c : family)
        sum = sum * 31 + c.unicode();
    return seriesColour(static_cast<int>(sum % 7));
}

QIcon Theme::icon(const QString& name) const { return icon(name, colour(Text)); }
QIcon Theme::icon(const QString& name, const QColor& colour) const { return QIcon(new IconEngine(name, colour)); }

} // namespace streamwright::gui
