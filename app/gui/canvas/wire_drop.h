// SPDX-License-Identifier: GPL-3.0-or-later
// WireDrop: the wire that a dragged card lies on: it glows when the card fits into it; otherwise words say why not. Part of
// a gesture; the drawing must not change meanwhile. GUI thread.
#pragma once

#include <functional>
#include <map>

#include "app/gui/canvas/canvas_scene.h"

namespace streamwright::gui {

class WireDrop {
public:
    using Fits = std::function<Result<void>(const std::string& edge)>;
    WireDrop(CanvasScene& scene, Fits fits) : scene_(scene), fits_(std::move(fits)) { }
    ~WireDrop() { mark({}); }

    void follow(const QRectF& card);
    const std::string& edge() const { return edge_; } // "" = it would be put into none
    const QString& refusal() const { return refusal_; } // it lies on a wire that it does not fit into; "" = on none

private:
    const Result<void>& answer(const std::string& edge);
    void mark(const std::string& edge);

    CanvasScene& scene_;
    const Fits fits_;
    std::map<std::string, Result<void>> answers_;
    std::string edge_;
    QString refusal_;
};

} // namespace streamwright::gui
