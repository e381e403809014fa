// SPDX-License-Identifier: GPL-3.0-or-later
// The pages for people and monitors: /health (JSON) and /metrics (Prometheus text). Any thread.
#pragma once

#include <cstddef>
#include <string>

#include "core/api/host.h"
#include "plugins/endpoint/http/message.h"
#include "plugins/endpoint/routes.h"

namespace streamwright::endpoint {

HttpAnswer healthPage(const api::Host& host, const Routes& routes);
// Totals of every metric of the run, and the endpoint's own counters.
HttpAnswer metricsPage(const api::Host& host, const Routes& routes);

} // namespace streamwright::endpoint
