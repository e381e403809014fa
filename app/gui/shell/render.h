// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of a drawing as PNG or SVG files, from the window or with no display ("streamwright render"). GUI thread.
#pragma once

#include <QPainter>
#include <QSize>
#include <functional>
#include <optional>

#include "app/gui/theme/theme.h"
#include "core/base/result.h"
#include "core/plugin/registry.h"

namespace streamwright::gui {

using Painting = std::function<void(QPainter& painter, const QRectF& area)>;

// The format follows the ending of the name; the ground is the canvas's colour.
Result<void> writePicture(const QString& path, QSize size, const Painting& painting);

struct RenderOptions {
    QString file, out;
    QSize size{1280, 800};
    Theme::Choice theme = Theme::Choice::Light;
    std::optional<Duration> after; // runs for so long first, and draws the live state with a dashboard
};

Result<void> render(const RenderOptions& options, const Registry& registry);

} // namespace streamwright::gui
