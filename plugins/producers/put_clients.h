// SPDX-License-Identifier: GPL-3.0-or-later
// PutClients: the clients at all edges of a producing node. Every edge gets the same batch and retries on its own.
// Owned by an operator, used in its step only.
#pragma once

#include <algorithm>
#include <list>
#include <optional>
#include <utility>

#include "plugins/producers/put_client.h"

namespace streamwright::producers {

class PutClients {
public:
    void open(Context& context, const Json& properties)
    {
        metrics_.emplace(context);
        generated_ = &context.metric("RecordsGenerated");
        apply(properties);
        for (Outlet* outlet : context.outlets("out"))
            clients_.emplace_back(*outlet, *metrics_);
    }
    // Clients of edges that stay go on; what waits at an edge that is gone is dropped.
    void rewire(Context& context)
    {
        std::list<PutClient> before = std::exchange(clients_, {});
        for (Outlet* outlet : context.outlets("out")) {
            const auto found = std::find_if(before.begin(), before.end(),
                                            [&](const PutClient& client) { return client.serves(*outlet); });
            if (found == before.end())
                clients_.emplace_back(*outlet, *metrics_);
            else
                clients_.splice(clients_.end(), before, found);
        }
        for (PutClient& gone : before)
            gone.giveUp(context, settings_);
    }
    void apply(const Json& properties) { settings_ = PutSettings::read(properties); }

    void send(Context& context, const RecordBatchPtr& batch)
    {
        generated_->record(static_cast<double>(batch->size()));
        const Duration waited = context.now() - (*batch)[0].time;
        for (PutClient& client : clients_)
            client.send(context, settings_, batch, waited);
    }
    // Returns when the first of them wants to be called next.
    Time step(Context& context)
    {
        Time next = kNever;
        for (PutClient& client : clients_)
            next = std::min(next, client.step(context, settings_));
        return next;
    }

private:
    PutSettings settings_;
    std::optional<PutMetrics> metrics_;
    Metric* generated_ = nullptr;
    std::list<PutClient> clients_;
};

} // namespace streamwright::producers
