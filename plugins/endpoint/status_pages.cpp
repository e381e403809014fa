// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/status_pages.h"

#include <charconv>

namespace streamwright::endpoint {
namespace {

std::string labelText(std::string_view value)
{
    std::string text;
    for (const char c : value) {
        if (c == '\n') {
            text += "\\n";
            continue;
        }
        if (c == '\\' || c == '"') text.push_back('\\');
        text.push_back(c);
    }
    return text;
}

std::string numberText(double value)
{
    char digits[32];
    return {digits, std::to_chars(digits, digits + sizeof digits, value).ptr};
}

std::string labelsOf(const MetricId& id)
{
    return "{node=\"" + labelText(id.node) + "\",part=\"" + labelText(id.part) + "\",name=\"" + labelText(id.name) +
           "\"} ";
}

template <typename Value>
void family(std::string& text, const char* name, const char* help, const std::vector<MetricSnapshot>& metrics,
            Value value)
{
    text.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ").append(name).append(" gauge\n");
    for (const auto& metric : metrics)
        text.append(name).append(labelsOf(metric.id)).append(numberText(value(metric.total))).append("\n");
}

} // namespace

HttpAnswer healthPage(const api::Host& host, const Routes& routes)
{
    Json services = Json::object();
    for (const auto& service : routes.services())
        services[service->name] = "running";
    const Json page = {{"status", "running"},
                       {"time", isoTime(host.now())},
                       {"account", host.account()},
                       {"region", host.region()},
                       {"services", services}};
    HttpAnswer answer{200, {}, page.dump() + "\n"};
    answer.headers.add("Content-Type", "application/json");
    return answer;
}

HttpAnswer metricsPage(const api::Host& host, const Routes& routes)
{
    std::string text = "# HELP streamwright_requests_total Requests answered, by action and result.\n"
                       "# TYPE streamwright_requests_total counter\n";
    for (const auto& route : routes.all()) {
        const std::pair<const char*, std::uint64_t> results[] = {
            {"done", route.done}, {"refused", route.refused}, {"failed", route.failed}};
        for (const auto& [result, count] : results)
            if (count > 0)
                text += "streamwright_requests_total{action=\"" + labelText(route.name) + "\",result=\"" + result +
                        "\"} " + std::to_string(count) + "\n";
    }
    const auto metrics = host.metrics().snapshot(MetricStore::Detail::TotalsOnly);
    family(text, "streamwright_metric_sum", "Sum of a metric over the run.", metrics,
           [](const Statistics& total) { return total.sum; });
    family(text, "streamwright_metric_samples", "Samples of a metric over the run.", metrics,
           [](const Statistics& total) { return static_cast<double>(total.sampleCount); });
    family(text, "streamwright_metric_maximum", "Maximum of a metric over the run.", metrics,
           [](const Statistics& total) { return total.maximum; });
    HttpAnswer answer{200, {}, std::move(text)};
    answer.headers.add("Content-Type", "text/plain; version=0.0.4");
    return answer;
}

} // namespace streamwright::endpoint
