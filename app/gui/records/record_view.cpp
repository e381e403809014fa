// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/records/record_view.h"

#include <QAbstractTextDocumentLayout>
#include <QAction>
#include <QApplication>
#include <QButtonGroup>
#include <QClipboard>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>
#include <QtMath>

#include "app/gui/theme/theme.h"
#include "core/base/json_nesting.h"

namespace streamwright::gui {

namespace {

constexpr ByteCount kMostShown = ByteCount::kib(256);
constexpr std::size_t kMostHex = 16 * 1024;
constexpr int kMostFactLines = 9;
constexpr std::size_t kLongFact = 24; // letters; it has a line of its own
constexpr std::size_t kMostLines = 5000; // of JSON lines, as a tree

// Objects written a line a record are a list of them.
std::shared_ptr<const Json> parsedLines(std::string_view text)
{
    auto lines = std::make_shared<Json>(Json::array());
    while (!text.empty() && lines->size() < kMostLines) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view written = text.substr(0, end);
        Json line = nestsTooDeep(written) ? Json() : Json::parse(written, nullptr, false);
        const bool last = end == text.size();
        if (!line.is_structured()) {
            if (!last || lines->empty()) return nullptr; // the last one may be cut
            break;
        }
        lines->push_back(std::move(line));
        text.remove_prefix(last ? end : end + 1);
    }
    return lines->size() > 1 ? lines : nullptr;
}

} // namespace

RecordView::RecordView(RunBridge& run, QWidget* parent)
    : QWidget(parent),
      run_(run),
      facts_(new QTextEdit),
      note_(new QLabel),
      nothing_(new QLabel),
      pages_(new QStackedWidget),
      forms_(new QStackedWidget),
      tree_(new QTreeView),
      text_(new QPlainTextEdit),
      json_(new JsonTreeModel(this)),
      copy_(new QAction(tr("Copy data"), this))
{
    setObjectName("recordView");
    makeFacts();
    note_->setObjectName("recordNote");
    note_->setWordWrap(true);
    nothing_->setObjectName("recordNothing");
    nothing_->setWordWrap(true);
    nothing_->setAlignment(Qt::AlignCenter);

    tree_->setObjectName("recordTree");
    tree_->setAccessibleName(tr("Data as a tree"));
    tree_->setModel(json_);
    tree_->setUniformRowHeights(true);
    tree_->setFrameShape(QFrame::NoFrame);
    tree_->setHeaderHidden(true);
    tree_->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    text_->setObjectName("recordText");
    text_->setAccessibleName(tr("Data as text"));
    text_->setReadOnly(true);
    text_->setUndoRedoEnabled(false);
    text_->setFrameShape(QFrame::NoFrame);
    forms_->addWidget(tree_);
    forms_->addWidget(text_);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(2);
    auto* group = new QButtonGroup(this);
    const QStringList names = {tr("JSON"), tr("Text"), tr("Hex")};
    for (int form = 0; form < names.size(); ++form) {
        auto* button = new QToolButton;
        button->setObjectName(QStringList{"recordAsJson", "recordAsText", "recordAsHex"}[form]);
        button->setText(names[form]);
        button->setAccessibleName(tr("Show the data as %1").arg(names[form]));
        button->setCheckable(true);
        button->setAutoRaise(true);
        group->addButton(button, form);
        buttons->addWidget(button);
        formButtons_.push_back(button);
    }
    connect(group, &QButtonGroup::idClicked, this, &RecordView::choose);
    buttons->addStretch();
    copy_->setObjectName("copyRecordData");
    copy_->setIcon(Theme::instance().icon("copy"));
    copy_->setToolTip(tr("Copy the data as it is shown"));
    connect(copy_, &QAction::triggered, this, &RecordView::copy);
    auto* copyButton = new QToolButton;
    copyButton->setObjectName("copyRecordButton");
    copyButton->setDefaultAction(copy_);
    copyButton->setAutoRaise(true);
    buttons->addWidget(copyButton);

    auto* full = new QWidget;
    auto* layout = new QVBoxLayout(full);
    layout->setContentsMargins(8, 4, 4, 0);
    layout->setSpacing(4);
    layout->addLayout(buttons);
    layout->addWidget(facts_);
    layout->addWidget(note_);
    layout->addWidget(forms_, 1);
    pages_->addWidget(nothing_);
    pages_->addWidget(full);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(pages_);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        copy_->setIcon(Theme::instance().icon("copy"));
        showFacts();
    });
    showNothing(tr("Select a record to see all of it."));
}

// As high as what it says, so many lines at most; sequence numbers break where the line ends.
void RecordView::makeFacts()
{
    facts_->setObjectName("recordFacts");
    facts_->setAccessibleName(tr("Facts of the record"));
    facts_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    facts_->setTabChangesFocus(true);
    facts_->setFrameShape(QFrame::NoFrame);
    facts_->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    facts_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    facts_->viewport()->setAutoFillBackground(false);
    facts_->document()->setDocumentMargin(0);
    connect(facts_->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, facts_,
            [this](const QSizeF& size) {
                const int most = facts_->fontMetrics().lineSpacing() * kMostFactLines;
                const int height = qCeil(size.height());
                facts_->setVerticalScrollBarPolicy(height > most ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
                facts_->setFixedHeight(std::min(height, most));
            });
}

void RecordView::showNothing(const QString& why)
{
    ++asked_;
    shown_ = {};
    row_ = {};
    nothing_->setText(why);
    nothing_->setForegroundRole(QPalette::PlaceholderText);
    pages_->setCurrentIndex(0);
    copy_->setEnabled(false);
}

void RecordView::show(std::shared_ptr<const BrowseView> view, std::uint64_t index, const BrowseRow& row)
{
    if (row.gone) {
        showNothing(tr("This record has left its resource: it was consumed, or has expired."));
        return;
    }
    const std::uint64_t question = ++asked_;
    row_ = row;
    run_.ask(
        this, [view = std::move(view), index](Engine&) { return prepare(*view, index); },
        [this, question](Prepared prepared) {
            if (question == asked_) take(std::move(prepared));
        });
}

RecordView::Prepared RecordView::prepare(const BrowseView& view, std::uint64_t index)
{
    Prepared prepared;
    auto content = view.content(index, kMostShown);
    if (!content) {
        prepared.problem = QString::fromStdString(content.problem().text());
        return prepared;
    }
    prepared.format = QString::fromStdString(content->format);
    prepared.cut = content->cut;
    prepared.plain = std::move(content->plain);
    prepared.form = formOf(prepared.plain);
    if (prepared.form == RecordForm::Json)
        prepared.json = std::make_shared<const Json>(Json::parse(prepared.plain));
    else if (prepared.form == RecordForm::Text)
        prepared.json = parsedLines(prepared.plain);
    return prepared;
}

void RecordView::take(Prepared prepared)
{
    if (!prepared.problem.isEmpty()) {
        showNothing(prepared.problem);
        return;
    }
    shown_ = std::move(prepared);
    json_->setValue(shown_.json);
    pages_->setCurrentIndex(1);
    copy_->setEnabled(true);
    formButtons_[0]->setEnabled(shown_.json != nullptr);
    formButtons_[0]->setToolTip(shown_.json ? QString() : tr("The data is not JSON."));
    showFacts();
    showForm();
}

void RecordView::choose(int form)
{
    chosen_ = form;
    showForm();
}

// What was chosen, as far as the data has that form: the choice stands for the records that follow.
void RecordView::showForm()
{
    int form = chosen_;
    if (form < 0 || (form == 0 && !shown_.json)) form = shown_.json ? 0 : shown_.form == RecordForm::Text ? 1 : 2;
    formButtons_[static_cast<std::size_t>(form)]->setChecked(true);
    forms_->setCurrentIndex(form == 0 ? 0 : 1);
    QStringList notes;
    if (shown_.cut)
        notes << tr("The first %1 are shown.").arg(QLocale().formattedDataSize(qint64(shown_.plain.size())));
    if (form == 0) {
        if (json_->rowCount() <= 200) tree_->expandToDepth(shown_.form == RecordForm::Json ? 1 : -1);
    } else if (form == 1) {
        text_->setFont(QApplication::font());
        text_->setLineWrapMode(QPlainTextEdit::WidgetWidth);
        text_->setPlainText(QString::fromUtf8(shown_.plain.data(), static_cast<qsizetype>(shown_.plain.size())));
    } else {
        text_->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        text_->setLineWrapMode(QPlainTextEdit::NoWrap);
        const std::string_view bytes = std::string_view(shown_.plain).substr(0, kMostHex);
        text_->setPlainText(QString::fromStdString(hexDump(bytes)));
        if (bytes.size() < shown_.plain.size()) notes = {tr("The first 16 KiB are shown.")};
    }
    note_->setText(notes.join(' '));
    note_->setVisible(!notes.isEmpty());
    note_->setForegroundRole(QPalette::PlaceholderText);
}

void RecordView::showFacts()
{
    const QString muted = colour(Theme::TextMuted).name();
    QStringList facts, longFacts;
    const auto add = [&](const QString& name, const std::string& value) {
        if (value.empty()) return;
        (value.size() > kLongFact ? longFacts : facts)
            << QString("<span style='color:%1'>%2</span>&nbsp;%3")
                   .arg(muted, name.toHtmlEscaped(), QString::fromStdString(value).toHtmlEscaped());
    };
    add(tr("Key"), row_.key);
    add(tr("Time"), isoTime(row_.time));
    add(tr("In"), row_.part);
    add(tr("Sequence"), row_.sequence);
    add(tr("Size"), QLocale().formattedDataSize(static_cast<qint64>(row_.size)).toStdString());
    if (!shown_.format.isEmpty()) add(tr("Compressed"), shown_.format.toStdString());
    for (const auto& [name, value] : row_.attributes)
        add(QString::fromStdString(name), value);
    facts_->setHtml((QStringList{facts.join(" &nbsp; ")} + longFacts).join("<br>"));
}

void RecordView::copy()
{
    QString text = text_->toPlainText();
    if (forms_->currentIndex() == 0)
        text = QString::fromStdString(shown_.form == RecordForm::Json ? shown_.json->dump(2) : shown_.plain);
    QApplication::clipboard()->setText(text);
}

} // namespace streamwright::gui
