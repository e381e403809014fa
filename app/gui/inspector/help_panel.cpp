// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/inspector/help_panel.h"

#include <QHBoxLayout>
#include <QScrollBar>

#include "app/gui/inspector/help_page.h"

namespace streamwright::gui {

HelpPanel::HelpPanel(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      workbench_(workbench),
      back_(new QToolButton(this)),
      index_(new QToolButton(this)),
      search_(new QLineEdit(this)),
      browser_(new QTextBrowser(this))
{
    setObjectName("helpPanel");
    setAccessibleName(tr("Help"));
    back_->setObjectName("helpBack");
    back_->setAccessibleName(tr("Back"));
    back_->setToolTip(tr("Back"));
    index_->setObjectName("helpIndex");
    index_->setAccessibleName(tr("All kinds"));
    index_->setToolTip(tr("All kinds"));
    for (QToolButton* button : {back_, index_})
        button->setAutoRaise(true);
    search_->setObjectName("helpSearch");
    search_->setAccessibleName(tr("Search the help"));
    search_->setPlaceholderText(tr("Search the help"));
    search_->setClearButtonEnabled(true);
    browser_->setObjectName("helpText");
    browser_->setAccessibleName(tr("Help page"));
    browser_->setOpenLinks(false);
    browser_->setFrameShape(QFrame::NoFrame);
    browser_->document()->setDocumentMargin(12);
    setFocusProxy(browser_);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(6, 4, 6, 4);
    bar->setSpacing(4);
    bar->addWidget(back_);
    bar->addWidget(index_);
    bar->addWidget(search_, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(browser_, 1);

    connect(back_, &QToolButton::clicked, this, &HelpPanel::back);
    connect(index_, &QToolButton::clicked, this, [this] { open({}); });
    connect(search_, &QLineEdit::textChanged, this, &HelpPanel::search);
    connect(search_, &QLineEdit::returnPressed, this, &HelpPanel::findNext);
    connect(browser_, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) {
        if (link.scheme() == "kind") open(link.toString().section(':', 1));
    });
    connect(&workbench_, &Workbench::helpWanted, this, &HelpPanel::showKind);
    connect(&Theme::instance(), &Theme::changed, this, &HelpPanel::render);
    render();
}

void HelpPanel::showKind(const QString& kind)
{
    open(workbench_.document.registry().find(kind.toStdString()) ? kind : QString());
}

void HelpPanel::open(const QString& kind)
{
    if (kind != kind_) visited_.append(kind_);
    kind_ = kind;
    if (!search_->text().isEmpty()) {
        const QSignalBlocker quiet(search_);
        search_->clear();
    }
    render();
    browser_->verticalScrollBar()->setValue(0);
}

void HelpPanel::back()
{
    if (visited_.isEmpty()) return;
    kind_ = visited_.takeLast();
    render();
}

void HelpPanel::render()
{
    const Registry& registry = workbench_.document.registry();
    const auto* entry = registry.find(kind_.toStdString());
    const int position = browser_->verticalScrollBar()->value();
    browser_->setHtml(entry ? helpPage(registry, entry->kind) : helpIndex(registry, search_->text().trimmed()));
    browser_->verticalScrollBar()->setValue(position);
    back_->setEnabled(!visited_.isEmpty());
    back_->setIcon(Theme::instance().icon("undo"));
    index_->setIcon(Theme::instance().icon("log"));
}

// On a kind's page the next place is shown; where the page says nothing of it, and in the list, the kinds that do.
void HelpPanel::search(const QString& text)
{
    const QString wanted = text.trimmed();
    if (!kind_.isEmpty() && !wanted.isEmpty()) {
        browser_->moveCursor(QTextCursor::Start);
        if (browser_->find(wanted)) return;
        visited_.append(kind_);
        kind_.clear();
    }
    if (kind_.isEmpty()) render();
}

void HelpPanel::findNext()
{
    const QString wanted = search_->text().trimmed();
    if (kind_.isEmpty() || wanted.isEmpty() || browser_->find(wanted)) return;
    browser_->moveCursor(QTextCursor::Start);
    browser_->find(wanted);
}

} // namespace streamwright::gui
