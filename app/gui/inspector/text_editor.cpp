// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/inspector/text_editor.h"

#include <QDir>
#include <QDropEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMimeData>

#include "app/gui/theme/theme.h"

namespace streamwright::gui {

QString relativeToFolder(const QString& file, const QString& folder)
{
    if (folder.isEmpty()) return file;
    const QString relative = QDir(folder).relativeFilePath(file);
    return relative.startsWith("../../../") ? file : relative;
}

TextEditor::TextEditor(const Field& field, const QString& path, FormContext& context, QWidget* parent)
    : ValueEditor(field, path, context, parent),
      line_(new LineField(this))
{
    introduce(line_);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(line_, 1);
    if (field.editor == "file") {
        browse_ = new QToolButton(this);
        browse_->setObjectName("browse:" + path);
        browse_->setAccessibleName(tr("Choose a file for %1").arg(QString::fromStdString(field.name)));
        browse_->setToolTip(tr("Choose a file"));
        browse_->setAutoRaise(true);
        const auto dress = [this] { browse_->setIcon(Theme::instance().icon("folder")); };
        dress();
        connect(&Theme::instance(), &Theme::changed, browse_, dress);
        connect(browse_, &QToolButton::clicked, this, &TextEditor::chooseFile);
        layout->addWidget(browse_);
        line_->installEventFilter(this); // a file may be dropped
    }
    connect(line_, &QLineEdit::textEdited, this, &TextEditor::take);
    connect(line_, &QLineEdit::editingFinished, this, [this] {
        line_->setModified(false);
        emit finished();
    });
    connect(line_, &LineField::revertWanted, this, [this] {
        line_->setText(shown_ && shown_->is_string() ? QString::fromStdString(shown_->get<std::string>()) : QString());
        line_->setModified(false);
        emit refused({});
    });
    connect(this, &ValueEditor::refused, line_,
            [this](const QString& message) { line_->setWrong(!message.isEmpty()); });
}

void TextEditor::showValues(const Values& values)
{
    const Common common = commonOf(values);
    std::optional<Json> value;
    if (common.value) value = *common.value;
    const bool same = value == shown_ && common.various == various_;
    shown_ = value;
    various_ = common.various;
    QString placeholder = tr("not set");
    if (various_)
        placeholder = tr("various");
    else if (field_.defaultValue && field_.defaultValue->is_string())
        placeholder = QString::fromStdString(field_.defaultValue->get<std::string>());
    line_->setPlaceholderText(placeholder.isEmpty() ? tr("empty") : placeholder);
    if (same && line_->wrong()) return; // what is being typed
    line_->showText(!value               ? QString()
                    : value->is_string() ? QString::fromStdString(value->get<std::string>())
                                         : QString::fromStdString(value->dump()));
    line_->setToolTip(line_->text());
    if (line_->wrong()) emit refused({});
}

void TextEditor::take(const QString& text)
{
    if (text.isEmpty())
        offer({});
    else
        offer(Json(text.toStdString()));
}

void TextEditor::chooseFile()
{
    QString begin = context_.folder;
    if (!line_->text().isEmpty()) begin = QDir(context_.folder).absoluteFilePath(line_->text());
    const QString file = QFileDialog::getOpenFileName(this, tr("Choose a file"), begin);
    if (!file.isEmpty()) takeFile(file);
}

void TextEditor::takeFile(const QString& file)
{
    take(relativeToFolder(file, context_.folder));
    emit finished();
}

bool TextEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::DragEnter || event->type() == QEvent::Drop) {
        auto* drop = static_cast<QDropEvent*>(event);
        const QList<QUrl> urls = drop->mimeData()->urls();
        if (!urls.isEmpty() && urls.front().isLocalFile()) {
            drop->acceptProposedAction();
            if (event->type() == QEvent::Drop) takeFile(urls.front().toLocalFile());
            return true;
        }
    }
    return ValueEditor::eventFilter(watched, event);
}

} // namespace streamwright::gui
