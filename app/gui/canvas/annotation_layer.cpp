// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/canvas/annotation_layer.h"

namespace streamwright::gui {

AnnotationLayer::AnnotationLayer(Workbench& workbench, QGraphicsScene& scene, NodeRect nodeRect, QObject* parent)
    : QObject(parent),
      workbench_(workbench),
      scene_(scene),
      nodeRect_(std::move(nodeRect))
{
}

AnnotationLayer::~AnnotationLayer() = default;
void AnnotationLayer::sync() { }
QRectF AnnotationLayer::boxOf(const std::string&) const { return {}; }
CommentItem* AnnotationLayer::comment(const std::string&) const { return nullptr; }
GroupItem* AnnotationLayer::group(const std::string&) const { return nullptr; }

} // namespace streamwright::gui
