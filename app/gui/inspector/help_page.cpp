// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/gui/inspector/help_page.h"

#include <QStringList>

#include "app/gui/palette/palette_model.h"
#include "app/gui/theme/theme.h"
#include "app/session/quantity.h"

namespace streamwright::gui {

namespace {

QString plain(const std::string& text) { return QString::fromStdString(text).toHtmlEscaped(); }

QString style()
{
    return QString("<style>"
                   "body { color: %1; } a { color: %2; text-decoration: none; }"
                   "h1 { font-size: x-large; margin-bottom: 2px; } h2 { font-size: large; margin-top: 18px; "
                   "margin-bottom: 4px; }"
                   ".muted { color: %3; } .name { font-weight: 600; } code { font-family: monospace; }"
                   ".rule { color: %4; }"
                   "</style>")
        .arg(colour(Theme::Text).name(), colour(Theme::Accent).name(), colour(Theme::TextMuted).name(),
             colour(Theme::Throttling).name());
}

QString kindLink(const NodeKind& kind)
{
    return QString("<a href=\"kind:%1\">%2</a>").arg(plain(kind.name), plain(kind.title));
}

bool carriedTo(const Port& out, const Port& in)
{
    return out.direction == Port::Direction::Out && in.direction == Port::Direction::In &&
           std::find(in.accepts.begin(), in.accepts.end(), out.carries) != in.accepts.end();
}

QString joinable(const Registry& registry, const Port& port)
{
    QStringList links;
    for (const auto& [name, entry] : registry.kinds()) {
        const bool fits = std::any_of(entry.kind.ports.begin(), entry.kind.ports.end(), [&](const Port& other) {
            return carriedTo(port, other) || carriedTo(other, port);
        });
        if (fits) links += kindLink(entry.kind);
    }
    return links.join(", ");
}

QString valueText(const Json& value, const Field& field)
{
    if (value.is_number()) {
        const std::string sign = unitSign(field.unit);
        return plain(numberText(value.get<double>()) + (sign.empty() ? "" : " " + sign));
    }
    if (value.is_string() && value.get<std::string>().empty()) return QObject::tr("empty");
    if (value.is_structured() && value.empty()) return QObject::tr("none");
    return "<code>" + plain(value.is_string() ? value.get<std::string>() : value.dump()) + "</code>";
}

QString typeText(const Field& field)
{
    static const std::map<Field::Type, const char*> kWords = {{Field::Type::Integer, "whole number"},
                                                              {Field::Type::Number, "number"},
                                                              {Field::Type::String, "text"},
                                                              {Field::Type::Boolean, "yes or no"},
                                                              {Field::Type::Object, "object"},
                                                              {Field::Type::List, "list"},
                                                              {Field::Type::Map, "map"},
                                                              {Field::Type::Any, "JSON value"}};
    if (!field.allowed.empty()) {
        QStringList values;
        for (const Json& value : field.allowed)
            values += valueText(value, field);
        return QObject::tr("one of %1").arg(values.join(", "));
    }
    QString text = QObject::tr(kWords.at(field.type));
    const bool counted = field.type == Field::Type::List || field.type == Field::Type::String;
    const auto bound = [&](double value) {
        return plain(numberText(value)) +
               (unitSign(field.unit).empty() || counted ? QString() : " " + plain(unitSign(field.unit)));
    };
    if (field.minimum && field.maximum)
        text +=
            QObject::tr(counted ? ", length %1 to %2" : ", %1 to %2").arg(bound(*field.minimum), bound(*field.maximum));
    else if (field.minimum)
        text += QObject::tr(counted ? ", length at least %1" : ", at least %1").arg(bound(*field.minimum));
    else if (field.maximum)
        text += QObject::tr(counted ? ", length at most %1" : ", at most %1").arg(bound(*field.maximum));
    if (!field.pattern.empty()) text += QObject::tr(", like %1").arg("<code>" + plain(field.pattern) + "</code>");
    return text;
}

QString whenText(const Field& field)
{
    QStringList parts;
    for (const auto& [sibling, values] : field.when) {
        QStringList words;
        for (const Json& value : values)
            words += plain(value.is_string() ? value.get<std::string>() : value.dump());
        parts += QString("%1 = %2").arg(plain(sibling), words.join(" / "));
    }
    return parts.join(", ");
}

// Below an object its members follow, further in.
void addFields(QString& page, const std::vector<Field>& fields, int depth)
{
    for (const Field& field : fields) {
        QStringList facts = {typeText(field)};
        if (field.defaultValue && !(field.type == Field::Type::Object && field.defaultValue->empty()))
            facts += QObject::tr("default %1").arg(valueText(*field.defaultValue, field));
        if (field.required) facts += QObject::tr("required");
        if (!field.live) facts += QObject::tr("takes effect at a start");
        if (const QString when = whenText(field); !when.isEmpty()) facts += QObject::tr("only with %1").arg(when);
        page += QString("<p style=\"margin-left: %1px; margin-top: 8px; margin-bottom: 0\"><a name=\"%2\"></a><span "
                        "class=\"name\">%2</span>"
                        " <span class=\"muted\">%3</span><br>%4%5</p>")
                    .arg(depth * 18)
                    .arg(field.name.empty() ? QObject::tr("each item") : plain(field.name), facts.join("; "),
                         plain(field.help),
                         field.rule.empty() ? QString()
                                            : QString(" <span class=\"rule\">%1</span>").arg(plain(field.rule)));
        addFields(page, field.fields, depth + 1);
        for (const Field& item : field.items)
            addFields(page, item.type == Field::Type::Object ? item.fields : std::vector<Field>{item}, depth + 1);
    }
}

void addPorts(QString& page, const Registry& registry, const NodeKind& kind)
{
    if (kind.ports.empty()) return;
    page += "<h2>" + QObject::tr("Ports") + "</h2>";
    for (const Port& port : kind.ports) {
        QStringList accepts;
        for (const std::string& protocol : port.accepts)
            accepts += plain(protocol);
        const bool in = port.direction == Port::Direction::In;
        page += QString("<p style=\"margin-top: 6px; margin-bottom: 0\"><span class=\"name\">%1</span> <span "
                        "class=\"muted\">%2%3</span><br>%4")
                    .arg(plain(port.name),
                         in ? QObject::tr("takes %1").arg(accepts.join(", "))
                            : QObject::tr("gives %1").arg(plain(port.carries)),
                         port.required ? QObject::tr("; must be joined") : QString(), plain(port.help));
        if (const QString links = joinable(registry, port); !links.isEmpty())
            page += "<br>" + (in ? QObject::tr("From: %1") : QObject::tr("To: %1")).arg(links);
        page += "</p>";
        if (!port.fields.empty()) {
            page += "<p style=\"margin-left: 18px; margin-top: 6px; margin-bottom: 0\" class=\"muted\">" +
                    QObject::tr("Properties of an edge from here:") + "</p>";
            addFields(page, port.fields, 1);
        }
    }
}

void addMetrics(QString& page, const NodeKind& kind)
{
    if (kind.metrics.empty()) return;
    page += "<h2>" + QObject::tr("Metrics") + "</h2><table cellspacing=\"0\" cellpadding=\"3\" width=\"100%\">";
    for (const MetricKind& metric : kind.metrics)
        page += QString("<tr><td><span class=\"name\">%1</span></td><td class=\"muted\">%2%3</td></tr><tr><td "
                        "colspan=\"2\">%4</td></tr>")
                    .arg(plain(metric.name), plain(metric.unit),
                         metric.part.empty() ? QString() : QObject::tr(", also by %1").arg(plain(metric.part)),
                         plain(metric.help));
    page += "</table>";
}

bool mentions(const NodeKind& kind, const QString& query)
{
    const auto has = [&](const std::string& text) {
        return QString::fromStdString(text).contains(query, Qt::CaseInsensitive);
    };
    const std::function<bool(const std::vector<Field>&)> below = [&](const std::vector<Field>& fields) {
        return std::any_of(fields.begin(), fields.end(), [&](const Field& field) {
            return has(field.name) || has(field.help) || below(field.fields) || below(field.items);
        });
    };
    return has(kind.title) || has(kind.name) || has(kind.family) || has(kind.help) || below(kind.fields) ||
           std::any_of(kind.metrics.begin(), kind.metrics.end(),
                       [&](const MetricKind& m) { return has(m.name) || has(m.help); });
}

} // namespace

QString helpPage(const Registry& registry, const NodeKind& kind)
{
    QString page = style() + "<body>";
    page += QString("<h1>%1</h1><p class=\"muted\" style=\"margin-top: 0\"><code>%2</code> &nbsp; %3</p><p>%4</p>")
                .arg(plain(kind.title), plain(kind.name), plain(kind.family), plain(kind.help));
    addPorts(page, registry, kind);
    if (!kind.fields.empty()) page += "<h2>" + QObject::tr("Properties") + "</h2>";
    addFields(page, kind.fields, 0);
    addMetrics(page, kind);
    return page + "</body>";
}

QString helpIndex(const Registry& registry, const QString& query)
{
    std::map<QString, QString> families;
    for (const auto& [name, entry] : registry.kinds())
        if (query.isEmpty() || mentions(entry.kind, query))
            families[plain(entry.kind.family)] +=
                QString("<p style=\"margin-left: 8px; margin-top: 6px; margin-bottom: 0\">%1<br><span "
                        "class=\"muted\">%2</span></p>")
                    .arg(kindLink(entry.kind), firstSentence(entry.kind.help).toHtmlEscaped());
    QString page = style() + "<body><h1>" + QObject::tr("Kinds of nodes") + "</h1>";
    for (const auto& [family, kinds] : families)
        page += "<h2>" + family + "</h2>" + kinds;
    if (families.empty()) page += "<p>" + QObject::tr("No page mentions \"%1\".").arg(query.toHtmlEscaped()) + "</p>";
    return page + "</body>";
}

} // namespace streamwright::gui
