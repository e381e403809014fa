// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/palette/palette_panel.h"

#include <QAction>
#include <QKeyEvent>
#include <QVBoxLayout>

#include "app/gui/palette/palette_model.h"
#include "app/gui/palette/palette_view.h"

namespace streamwright::gui {

PalettePanel::PalettePanel(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      workbench_(workbench),
      model_(new PaletteModel(workbench.document.registry(), this)),
      search_(new QLineEdit(this)),
      searchIcon_(new QAction(tr("Search"), this)),
      view_(new PaletteView(this)),
      nothing_(new QLabel(this))
{
    setObjectName("palettePanel");
    setAccessibleName(tr("Palette"));
    search_->setObjectName("paletteSearch");
    search_->setAccessibleName(tr("Search node kinds"));
    search_->setPlaceholderText(tr("Search node kinds"));
    search_->setClearButtonEnabled(true);
    search_->addAction(searchIcon_, QLineEdit::LeadingPosition);
    search_->installEventFilter(this);
    nothing_->setObjectName("paletteNothing");
    nothing_->setWordWrap(true);
    nothing_->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    nothing_->setForegroundRole(QPalette::PlaceholderText);
    nothing_->setContentsMargins(12, 24, 12, 12);
    view_->setModel(model_);
    view_->expandAll();

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(6, 6, 6, 6);
    top->addWidget(search_);
    layout->addLayout(top);
    layout->addWidget(view_, 1);
    layout->addWidget(nothing_, 1);
    setFocusProxy(search_);

    connect(search_, &QLineEdit::textChanged, this, &PalettePanel::search);
    connect(view_, &PaletteView::kindActivated, &workbench_, &Workbench::addNodeWanted);
    connect(view_, &QTreeView::collapsed, this, [this](const QModelIndex& family) {
        if (!searching_) folded_.insert(family.data().toString());
    });
    connect(view_, &QTreeView::expanded, this, [this](const QModelIndex& family) {
        if (!searching_) folded_.erase(family.data().toString());
    });
    connect(&Theme::instance(), &Theme::changed, this, &PalettePanel::dress);
    dress();
    search({});
}

void PalettePanel::dress() { searchIcon_->setIcon(Theme::instance().icon("search", colour(Theme::TextMuted))); }

void PalettePanel::focusSearch()
{
    search_->setFocus(Qt::ShortcutFocusReason);
    search_->selectAll();
}

void PalettePanel::search(const QString& query)
{
    searching_ = true; // a search unfolds all families; how they stood comes back afterwards
    model_->setQuery(query);
    for (int row = 0; row < model_->rowCount(); ++row) {
        const QModelIndex family = model_->index(row, 0);
        view_->setExpanded(family, !query.trimmed().isEmpty() || !folded_.contains(family.data().toString()));
    }
    searching_ = !query.trimmed().isEmpty();
    if (searching_ && !model_->empty()) view_->setCurrentIndex(model_->index(0, 0, model_->index(0, 0)));
    nothing_->setText(tr("No kind matches \"%1\". Clear the search to see them all.").arg(query.trimmed()));
    nothing_->setVisible(model_->empty());
    view_->setVisible(!model_->empty());
}

// From the search field the keys of the list work, too.
bool PalettePanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != search_ || event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
    case Qt::Key_Down:
        view_->setFocus(Qt::OtherFocusReason);
        [[fallthrough]];
    case Qt::Key_Up:
    case Qt::Key_PageDown:
    case Qt::Key_PageUp:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        QCoreApplication::sendEvent(view_, event);
        return true;
    case Qt::Key_Escape:
        if (search_->text().isEmpty()) break;
        search_->clear();
        return true;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace streamwright::gui
