// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/problems/problems_model.h"

#include "app/gui/inspector/value_editor.h"
#include "app/gui/theme/theme.h"
#include "app/session/property_edits.h"

namespace streamwright::gui {

namespace {

constexpr int kMostOfRun = 100;

// "/Pattern/Type" -> "Pattern > Type"
QString propertyWords(const std::string& pointer)
{
    QStringList words;
    for (const std::string& token : pointerTokens(pointer)) {
        bool number = false;
        const int index = QString::fromStdString(token).toInt(&number);
        words += number ? QString::number(index + 1) : QString::fromStdString(token);
    }
    return words.join(" \u203a ");
}

// "/home/me/a/drawing.json:12 (/nodes/3/id)" -> "drawing.json line 12 (nodes > 4 > id)": its folder is known.
QString fileWords(const QString& place)
{
    static const QRegularExpression form("^(?:.*/)?([^/]+):(\\d+) \\((/.*)\\)$");
    const QRegularExpressionMatch found = form.match(place);
    if (!found.hasMatch()) return {};
    return QObject::tr("%1 line %2 (%3)")
        .arg(found.captured(1), found.captured(2), propertyWords(found.captured(3).toStdString()));
}

QString wordsOf(const ProblemSubject& subject, const Problem& problem)
{
    QString what = fileWords(QString::fromStdString(problem.place));
    if (!what.isEmpty()) return what;
    if (!subject.node.empty())
        what = QString::fromStdString(subject.node);
    else if (!subject.edge.empty())
        what = QString::fromStdString(subject.edge).replace(">", " \u2192 ");
    else if (!subject.comment.empty())
        what = QObject::tr("note");
    else if (!subject.group.empty())
        what = QObject::tr("group");
    else if (problem.place.empty() || problem.place.starts_with('/'))
        what = problem.place.size() > 1 ? propertyWords(problem.place) : QObject::tr("pipeline");
    else
        what = QString::fromStdString(problem.place);
    return subject.property.empty() ? what : what + " \u203a " + propertyWords(subject.property);
}

} // namespace

ProblemsModel::ProblemsModel(const DocumentModel& document, QObject* parent)
    : QAbstractTableModel(parent),
      document_(document)
{
    refresh();
}

void ProblemsModel::refresh()
{
    beginResetModel();
    rows_.clear();
    for (const Problem& problem : document_.problems()) {
        Row row{problem, false, subjectOf(document_.pipeline(), problem), {}, {}, {}};
        row.words = wordsOf(row.subject, problem);
        row.text = textOf(problem);
        row.fixes = fixesFor(document_.pipeline(), document_.registry(), problem);
        rows_.push_back(std::move(row));
    }
    for (const QString& message : ofRun_) {
        Row row{{ProblemCode::Conflict, message.toStdString(), {}}, true, {}, {}, tr("the run"), {}};
        // "node.property: message", where it begins with a node of the drawing
        const QString id = message.section(QRegularExpression("[.:/ ]"), 0, 0);
        if (document_.pipeline().node(id.toStdString())) row.subject.node = id.toStdString();
        row.text = textOf(row.problem);
        rows_.push_back(std::move(row));
    }
    endResetModel();
}

// A sentence; a node's name keeps its letters.
QString ProblemsModel::textOf(const Problem& problem) const
{
    const QString text = QString::fromStdString(problem.message);
    const bool named =
        document_.pipeline().node(text.section(QRegularExpression("[^A-Za-z0-9_-]"), 0, 0).toStdString());
    return named ? text + (text.endsWith('.') ? "" : ".") : sentence(problem.message);
}

void ProblemsModel::addOfRun(const QString& message)
{
    ofRun_.removeAll(message);
    ofRun_.append(message);
    if (ofRun_.size() > kMostOfRun) ofRun_.removeFirst();
    refresh();
}

void ProblemsModel::clearOfRun()
{
    if (ofRun_.isEmpty()) return;
    ofRun_.clear();
    refresh();
}

int ProblemsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant ProblemsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid()) return {};
    const Row& row = this->row(index.row());
    const QString& text = row.text;
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == Finding) return row.ofRun ? tr("The run could not take an edit: %1").arg(text) : text;
        if (index.column() == Place) return row.words;
        return row.fixes.empty() ? QVariant() : QString::fromStdString(row.fixes.front().label);
    case Qt::ToolTipRole:
        return index.column() == FixColumn
                   ? data(index, Qt::DisplayRole)
                   : QVariant(text + "\n" +
                              (row.problem.place.find(':') == std::string::npos
                                   ? row.words
                                   : QString::fromStdString(row.problem.place))); // with the whole path
    case Qt::DecorationRole:
        if (index.column() == Finding)
            return row.ofRun ? Theme::instance().icon("warning", colour(Theme::Throttling))
                             : Theme::instance().icon("error", colour(Theme::Failing));
        if (index.column() == FixColumn && !row.fixes.empty())
            return Theme::instance().icon("fix", colour(Theme::Accent));
        return {};
    case Qt::ForegroundRole:
        if (index.column() == Place) return colour(Theme::TextMuted);
        if (index.column() == FixColumn) return colour(Theme::Accent);
        return {};
    default:
        return {};
    }
}

QVariant ProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == Finding ? tr("Problem") : section == Place ? tr("Where") : tr("Fix");
}

} // namespace streamwright::gui
