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
    : LineEditor(field, path, context, parent)
{
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
}

void TextEditor::showValues(const Values& values)
{
    LineEditor::showValues(values);
    line_->setToolTip(line_->text());
}

QString TextEditor::textOf(const Json& value) const { return QString::fromStdString(value.get<std::string>()); }

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
    return LineEditor::eventFilter(watched, event);
}

} // namespace streamwright::gui
