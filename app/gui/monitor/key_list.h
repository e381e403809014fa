// SPDX-License-Identifier: GPL-3.0-or-later
// KeyList: the heaviest keys of a part, each with a bar for its share of the load. GUI thread.
#pragma once

#include <QWidget>
#include <vector>

#include "core/runtime/browsable.h"

namespace streamwright::gui {

class KeyList : public QWidget {
    Q_OBJECT
public:
    explicit KeyList(QWidget* parent = nullptr);

    void setKeys(std::vector<LoadKey> keys);
    const std::vector<LoadKey>& keys() const { return keys_; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    int rowHeight() const;

    std::vector<LoadKey> keys_;
};

} // namespace streamwright::gui
