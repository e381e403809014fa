// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/inspector/code_editor.h"

#include <QFontDatabase>
#include <QPainter>
#include <QVBoxLayout>

#include "app/gui/inspector/json_highlighter.h"
#include "app/gui/theme/theme.h"

namespace streamwright::gui {

namespace {

constexpr int kMostLines = 18;

} // namespace

CodeEditor::CodeEditor(const Field& field, const QString& path, FormContext& context, QWidget* parent)
    : ValueEditor(field, path, context, parent),
      text_(new QPlainTextEdit(this))
{
    introduce(text_);
    text_->setTabChangesFocus(true);
    text_->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    text_->setMinimumWidth(60);
    if (field.editor != "text") {
        QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        font.setPointSizeF(this->font().pointSizeF() * 0.95);
        text_->setFont(font);
    }
    if (isJson()) new JsonHighlighter(text_->document());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(text_);
    text_->installEventFilter(this);
    connect(text_, &QPlainTextEdit::textChanged, this, &CodeEditor::take);
    connect(this, &ValueEditor::refused, this, &CodeEditor::setWrong);
    fit();
}

QString CodeEditor::textOf(const Json& value) const
{
    if (!isJson() && value.is_string()) return QString::fromStdString(value.get<std::string>());
    return QString::fromStdString(
        value.dump(value.is_structured() ? 2 : -1, ' ', false, Json::error_handler_t::replace));
}

Result<std::optional<Json>> CodeEditor::valueOf(const QString& text) const
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty()) return std::optional<Json>();
    if (!isJson()) return std::optional<Json>(text.toStdString());
    auto parsed = parseJson(trimmed.toStdString());
    if (parsed) return std::optional<Json>(*std::move(parsed));
    // A bare word or time is meant as a text, where no code is asked for.
    static const QString kJsonBegins = "{[\"-0123456789";
    const bool dated = trimmed.size() > 4 && trimmed[4] == '-';
    if (field_.type == Field::Type::Any && field_.editor.empty() && (!kJsonBegins.contains(trimmed[0]) || dated) &&
        !trimmed.contains('\n'))
        return std::optional<Json>(trimmed.toStdString());
    return Problem{ProblemCode::InvalidInput, "This is not JSON: " + parsed.problem().text(), ""};
}

void CodeEditor::showValues(const Values& values)
{
    const Common common = commonOf(values);
    std::optional<Json> value;
    if (common.value) value = *common.value;
    const bool same = value == shown_ && common.various == various_;
    shown_ = value;
    various_ = common.various;
    QString placeholder = isJson() ? tr("not set (JSON)") : tr("not set");
    if (various_)
        placeholder = tr("various");
    else if (field_.defaultValue)
        placeholder = textOf(*field_.defaultValue);
    text_->setPlaceholderText(placeholder);
    if (same && wrong_) return;
    const auto typed = valueOf(text_->toPlainText());
    if (!typed || *typed != value) {
        showing_ = true;
        const int cursor = text_->textCursor().position();
        text_->setPlainText(value ? textOf(*value) : QString());
        QTextCursor back = text_->textCursor();
        back.setPosition(std::min(cursor, text_->document()->characterCount() - 1));
        text_->setTextCursor(back);
        showing_ = false;
        fit();
    }
    if (wrong_) emit refused({});
}

void CodeEditor::take()
{
    fit();
    if (showing_) return;
    const auto value = valueOf(text_->toPlainText());
    if (value)
        offer(*value);
    else
        emit refused(sentence(value.problem().message));
}

void CodeEditor::fit()
{
    const int least = field_.editor == "code" ? 5 : field_.editor == "text" ? 3 : 1;
    const int lines = std::clamp(text_->document()->lineCount(), least, kMostLines);
    const int margins = static_cast<int>(2 * text_->document()->documentMargin()) + 2 * text_->frameWidth() +
                        QFontMetrics(text_->font()).lineSpacing() / 2;
    text_->setFixedHeight(QFontMetrics(text_->font()).lineSpacing() * lines + margins);
}

void CodeEditor::setWrong(const QString& message)
{
    wrong_ = !message.isEmpty();
    text_->setProperty("wrong", wrong_);
    text_->viewport()->update();
    update();
}

bool CodeEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusOut) emit finished();
    if (event->type() == QEvent::Resize && field_.editor == "text")
        QMetaObject::invokeMethod(this, &CodeEditor::fit, Qt::QueuedConnection);
    return ValueEditor::eventFilter(watched, event);
}

} // namespace streamwright::gui
