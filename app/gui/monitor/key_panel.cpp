// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/monitor/key_panel.h"

#include <QScrollArea>
#include <QVBoxLayout>

#include "app/gui/monitor/key_list.h"
#include "app/gui/monitor/number_text.h"

namespace streamwright::gui {

namespace {

// The property that a kind whose parts can be added to has them by; null when parts come otherwise.
const Field* partCount(const NodeKind* kind)
{
    if (!kind) return nullptr;
    for (const Field& field : kind->fields)
        if (field.name == "ShardCount" && field.type == Field::Type::Integer && field.live) return &field;
    return nullptr;
}

std::int64_t countOf(const Pipeline& pipeline, const std::string& node, const Field& field)
{
    const Node* found = pipeline.node(node);
    if (found && found->properties.contains(field.name) && found->properties[field.name].is_number_integer())
        return found->properties[field.name].get<std::int64_t>();
    return field.defaultValue ? field.defaultValue->get<std::int64_t>() : 1;
}

} // namespace

KeyPanel::KeyPanel(Workbench& workbench, QWidget* parent)
    : QWidget(parent),
      workbench_(workbench),
      inquiry_(workbench.run, this, [this] { explain(node_, part_, title_->text(), from_, to_); }),
      title_(new QLabel),
      load_(new QLabel),
      keys_(new KeyList),
      advice_(new QLabel),
      shards_(new QPushButton)
{
    setObjectName("keyPanel");
    setAccessibleName(tr("Top keys of the chosen shard"));
    QFont bold = font();
    bold.setBold(true);
    title_->setFont(bold);
    title_->setObjectName("keyTitle");
    load_->setObjectName("keyLoad");
    advice_->setObjectName("keyAdvice");
    for (QLabel* label : {title_, load_, advice_}) {
        label->setWordWrap(true);
        label->setMinimumWidth(1);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    shards_->setObjectName("addShards");
    connect(shards_, &QPushButton::clicked, this, &KeyPanel::addShards);

    auto* inside = new QWidget;
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(8, 4, 8, 4);
    column->setSpacing(4);
    column->addWidget(title_);
    column->addWidget(load_);
    column->addWidget(advice_);
    column->addWidget(shards_, 0, Qt::AlignLeft);
    column->addWidget(keys_);
    column->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(inside);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    clear();
}

void KeyPanel::clear()
{
    node_.clear();
    title_->setText(tr("Top keys"));
    load_->setText(tr("Click a cell to see which keys load that shard, and whether a split would help."));
    keys_->setKeys({});
    advice_->clear();
    shards_->hide();
}

void KeyPanel::explain(const std::string& node, const std::string& part, const QString& title, Time from, Time to)
{
    node_ = node;
    part_ = part;
    from_ = from;
    to_ = to;
    title_->setText(title);
    inquiry_.put(
        [node, part, from, to](Engine& engine) -> Result<LoadExplanation> {
            const std::shared_ptr<Browsable> browsable = engine.browsable(node);
            if (!browsable) return Problem{ProblemCode::NotFound, "This node keeps no account of its keys.", ""};
            return browsable->explainLoad(part, from, to);
        },
        [this](const Result<LoadExplanation>& explanation) { show(explanation); });
}

void KeyPanel::show(const Result<LoadExplanation>& explanation)
{
    if (!explanation) {
        load_->setText(QString::fromStdString(explanation.problem().message));
        keys_->setKeys({});
        advice_->clear();
        shards_->hide();
        return;
    }
    load_->setText(tr("%1 records/s, %2")
                       .arg(valueText(explanation->recordsPerSecond, "records"),
                            valueText(explanation->bytesPerSecond, "Bytes/s")));
    keys_->setKeys(explanation->keys);
    QStringList advice;
    for (const std::string& sentence : explanation->advice)
        advice.append(QString::fromStdString(sentence));
    advice_->setText(advice.join("\n\n"));
    offerShards(explanation->splitHelps);
}

void KeyPanel::offerShards(bool helps)
{
    const Field* field = helps ? partCount(workbench_.document.kindOf(node_)) : nullptr;
    shards_->setVisible(field);
    if (!field) return;
    const std::int64_t now = countOf(workbench_.document.pipeline(), node_, *field);
    const std::int64_t wanted = std::min(now * 2, static_cast<std::int64_t>(field->maximum.value_or(1e9)));
    shards_->setProperty("shards", static_cast<qlonglong>(wanted));
    shards_->setText(tr("Split: %1 shards instead of %2").arg(wanted).arg(now));
    shards_->setVisible(wanted > now);
}

void KeyPanel::addShards()
{
    const Field* field = partCount(workbench_.document.kindOf(node_));
    if (!field) return;
    const std::int64_t wanted = shards_->property("shards").toLongLong();
    workbench_.document.edit(tr("Give %1 %2 shards").arg(QString::fromStdString(node_)).arg(wanted),
                             [node = node_, name = field->name, wanted](Pipeline& pipeline) {
                                 for (Node& candidate : pipeline.nodes)
                                     if (candidate.id == node) candidate.properties[name] = wanted;
                             });
    shards_->hide();
    emit workbench_.message(
        tr("%1 splits its shards; the map shows them as they open.").arg(QString::fromStdString(node_)));
}

} // namespace streamwright::gui
