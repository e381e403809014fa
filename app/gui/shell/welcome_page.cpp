// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/shell/welcome_page.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QTimer>

#include "app/gui/canvas/canvas_panel.h"

namespace streamwright::gui {

namespace {

constexpr int kMostRecentShown = 6;
constexpr int kMargin = 12; // in a card

// As large as the letters ask for.
QSize pictureSize(const QWidget& page) { return QSize(20, 10) * page.fontMetrics().height() * 7 / 8; }
int cardWidth(const QWidget& page) { return pictureSize(page).width() + 2 * kMargin; }

QPixmap pictureOf(const Registry& registry, const QString& path, QSize size, qreal scale)
{
    Workbench bench(registry);
    QPixmap picture(size * scale);
    picture.setDevicePixelRatio(scale);
    picture.fill(colour(Theme::Canvas));
    if (!bench.document.open(path)) return picture;
    CanvasPanel canvas(bench);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    canvas.paintDrawing(painter, QRectF(QPointF(0, 0), size));
    return picture;
}

QLabel* heading(const QString& text, double size, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * size);
    font.setBold(true);
    label->setFont(font);
    return label;
}

} // namespace

WelcomePage::WelcomePage(const Registry& registry, QWidget* parent)
    : QScrollArea(parent),
      registry_(registry),
      gallery_(new QGridLayout),
      recent_(new QVBoxLayout),
      recentBox_(new QWidget)
{
    setObjectName("welcomePage");
    setAccessibleName(tr("Welcome"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    auto* page = new QWidget(this);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(32, 24, 32, 24);
    layout->setSpacing(16);
    layout->addWidget(makeHead());
    recentBox_->setLayout(recent_);
    recent_->setContentsMargins(0, 0, 0, 0);
    recent_->setSpacing(2);
    layout->addWidget(recentBox_);
    layout->addWidget(heading(tr("Examples"), 1.25, page));
    layout->addLayout(gallery_);
    gallery_->setSpacing(16);
    for (const Example& example : examples())
        cards_.append(makeCard(example));
    if (cards_.isEmpty()) layout->addWidget(new QLabel(tr("The examples are not installed beside the program."), page));
    layout->addStretch();
    setWidget(page);
    connect(&Theme::instance(), &Theme::changed, this, &WelcomePage::showColours);
    showColours();
}

QWidget* WelcomePage::makeHead()
{
    auto* head = new QWidget(this);
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(heading(tr("Streamwright"), 2.0, head));
    auto* line = new QLabel(
        tr("Draw a streaming pipeline, run it by the services’ real rules, and watch where it throttles."), head);
    line->setWordWrap(true);
    layout->addWidget(line);
    auto* buttons = new QHBoxLayout;
    const auto add = [&](const char* name, const QString& text, auto signal) {
        auto* button = new QPushButton(text, head);
        button->setObjectName(name);
        connect(button, &QPushButton::clicked, this, signal);
        buttons->addWidget(button);
    };
    add("welcomeNew", tr("New pipeline"), &WelcomePage::newWanted);
    add("welcomeOpen", tr("Open…"), &WelcomePage::openWanted);
    add("welcomeTour", tr("Take the tour"), &WelcomePage::tourWanted);
    buttons->addStretch();
    layout->addLayout(buttons);
    return head;
}

QFrame* WelcomePage::makeCard(const Example& example)
{
    auto* card = new QFrame(this);
    card->setObjectName("card");
    card->setFixedWidth(cardWidth(*this));
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    auto* picture = new QLabel(card);
    picture->setObjectName("cardPicture");
    picture->setFixedSize(pictureSize(*this));
    layout->addWidget(picture);
    layout->addWidget(heading(example.name, 1.1, card));
    auto* line = new QLabel(example.line, card);
    line->setWordWrap(true);
    line->setAlignment(Qt::AlignTop);
    line->setMinimumHeight(fontMetrics().lineSpacing() * 3);
    layout->addWidget(line, 1);
    auto* buttons = new QHBoxLayout;
    auto* run = new QPushButton(tr("Run"), card);
    run->setObjectName("run:" + QFileInfo(example.path).baseName());
    run->setAccessibleName(tr("Run %1").arg(example.name));
    auto* open = new QPushButton(tr("Open"), card);
    open->setObjectName("open:" + QFileInfo(example.path).baseName());
    open->setAccessibleName(tr("Open %1").arg(example.name));
    connect(run, &QPushButton::clicked, this, [this, path = example.path] { emit fileWanted(path, true); });
    connect(open, &QPushButton::clicked, this, [this, path = example.path] { emit fileWanted(path, false); });
    buttons->addWidget(run);
    buttons->addWidget(open);
    buttons->addStretch();
    layout->addLayout(buttons);
    pictures_.emplace_back(example.path, picture);
    return card;
}

void WelcomePage::showRecent(const QStringList& files)
{
    while (QLayoutItem* item = recent_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    recentBox_->setVisible(!files.isEmpty());
    if (files.isEmpty()) return;
    recent_->addWidget(heading(tr("Recent"), 1.25, recentBox_));
    for (const QString& path : files.mid(0, kMostRecentShown)) {
        auto* link =
            new QLabel(QString("<a href='file' style='text-decoration:none'>%1</a> <span style='color:%2'>%3</span>")
                           .arg(QFileInfo(path).fileName().toHtmlEscaped(), colour(Theme::TextMuted).name(),
                                QFileInfo(path).path().toHtmlEscaped()),
                       recentBox_);
        link->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
        connect(link, &QLabel::linkActivated, this, [this, path] { emit fileWanted(path, false); });
        recent_->addWidget(link);
    }
}

void WelcomePage::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    arrangeCards();
}

void WelcomePage::showEvent(QShowEvent* event)
{
    QScrollArea::showEvent(event);
    QTimer::singleShot(0, this, &WelcomePage::drawNextPicture);
}

void WelcomePage::arrangeCards()
{
    const int columns = std::max(1, (viewport()->width() - 64 + 16) / (cardWidth(*this) + 16));
    for (int i = 0; i < cards_.size(); ++i)
        gallery_->addWidget(cards_[i], i / columns, i % columns, Qt::AlignLeft);
    for (int column = 0; column <= cards_.size(); ++column)
        gallery_->setColumnStretch(column, column == columns ? 1 : 0);
}

void WelcomePage::drawNextPicture()
{
    if (undrawn_.empty() || !isVisible()) return;
    const auto [path, label] = undrawn_.front();
    undrawn_.pop_front();
    label->setPixmap(pictureOf(registry_, path, label->size(), devicePixelRatioF()));
    QTimer::singleShot(0, this, &WelcomePage::drawNextPicture);
}

void WelcomePage::showColours()
{
    setStyleSheet(QString("#card { background: %1; border: 1px solid %2; border-radius: 8px; }")
                      .arg(colour(Theme::Surface).name(), colour(Theme::Border).name()));
    undrawn_.assign(pictures_.begin(), pictures_.end());
    QTimer::singleShot(0, this, &WelcomePage::drawNextPicture);
}

} // namespace streamwright::gui
