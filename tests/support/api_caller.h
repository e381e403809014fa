// SPDX-License-Identifier: GPL-3.0-or-later
// ApiCaller: calls the actions of a service as the endpoint does, without a network: decode, validate, run, write. For
// actions that answer at once.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "core/api/decode.h"
#include "core/api/encode.h"
#include "core/api/service.h"
#include "core/base/json.h"
#include "tests/support/still_call.h"

namespace streamwright::test {

struct Reply {
    int status = 200;
    std::string code, message; // of an error
    std::string text; // as written
    std::string note; // for the request log
    Json body;

    const Json& operator[](const char* member) const { return body.at(member); }
};

class ApiCaller {
public:
    ApiCaller(api::Service service, api::Host& host) : service_(std::move(service)), host_(host) { }

    Reply call(const std::string& action, const Json& input)
    {
        api::Document document;
        std::string body = input.dump();
        if (const auto decoded = api::decodeJson(body, document); !decoded) {
            ADD_FAILURE() << decoded.problem().text();
            return {};
        }
        Reply reply = run(action, document, api::Wire::Json,
                          [](std::string& text, const api::Shape*) { return api::jsonWriter(text); });
        if (!reply.text.empty()) reply.body = Json::parse(reply.text); // an action may have no output
        return reply;
    }
    // By the query protocol; the text has the members of the result.
    Reply query(const std::string& action, std::string_view form)
    {
        api::Document document;
        const api::ShapeTable::ActionShapes* shapes = service_.shapes->find(action);
        if (const auto decoded = api::decodeQuery(form, *shapes->input, document); !decoded) {
            ADD_FAILURE() << decoded.problem().text();
            return {};
        }
        return run(action, document, api::Wire::Query,
                   [](std::string& text, const api::Shape* output) { return api::xmlWriter(text, *output); });
    }

    const api::Service& service() const { return service_; }

private:
    static Reply failed(const api::ApiError& error) { return {error.status, error.code, error.message, {}, {}, {}}; }

    template <typename MakeWriter>
    Reply run(const std::string& name, api::Document& document, api::Wire wire, const MakeWriter& makeWriter)
    {
        const api::Action* action = service_.find(name);
        const api::ShapeTable::ActionShapes* shapes = service_.shapes->find(name);
        if (!action || !shapes) {
            ADD_FAILURE() << "no action " << name;
            return {};
        }
        if (shapes->input)
            if (const auto error = api::validate(document, *shapes->input, wire)) return failed(*error);
        const api::Caller caller{host_.account(), host_.region(), "http://127.0.0.1:4566"};
        StillCall call(document.root, host_, caller);
        Reply reply;
        const auto writer = makeWriter(reply.text, shapes->output);
        const api::Outcome outcome = action->run(call, *writer);
        if (const auto* error = std::get_if<api::ApiError>(&outcome)) return failed(*error);
        EXPECT_TRUE(std::holds_alternative<api::Answered>(outcome));
        reply.note = call.note;
        return reply;
    }

    const api::Service service_;
    api::Host& host_;
};

} // namespace streamwright::test
