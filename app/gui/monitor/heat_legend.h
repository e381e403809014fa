// SPDX-License-Identifier: GPL-3.0-or-later
// HeatLegend: what the colours and the notch of the heat map mean. GUI thread.
#pragma once

#include <QWidget>

namespace streamwright::gui {

class HeatLegend : public QWidget {
    Q_OBJECT
public:
    explicit HeatLegend(QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; } // where it does not fit it is not there

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int rampWidth() const { return fontMetrics().averageCharWidth() * 16; }
};

} // namespace streamwright::gui
