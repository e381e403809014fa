// SPDX-License-Identifier: GPL-3.0-or-later
// ApiClient: calls the actions of the SQS API as the endpoint does, without a network: decode, validate, run, write.
#pragma once

#include "core/api/decode.h"
#include "core/api/encode.h"
#include "core/api/service.h"
#include "core/base/json.h"
#include "plugins/sqs/api/service.h"
#include "tests/plugins/sqs/api_host.h"

namespace streamwright::sqs::test {

struct Reply {
    std::optional<api::ApiError> error;
    std::string text; // JSON or XML
    std::string note; // for the request log
    Json json;

    const Json& operator[](const char* member) const
    {
        static const Json kNone;
        const auto found = json.find(member);
        return found == json.end() ? kNone : *found;
    }
    // "Code: message" of the JSON protocol, or "".
    std::string fault() const { return error ? error->code + ": " + error->message : ""; }
    std::string queryFault() const
    {
        if (!error) return "";
        return (error->queryCode.empty() ? error->code : error->queryCode) + ": " +
               (error->queryMessage.empty() ? error->message : error->queryMessage);
    }
};

class ClientCall : public api::Call, public std::enable_shared_from_this<ClientCall> {
public:
    ClientCall(ApiHost& host, const api::Caller& caller, const api::Service& service, const std::string& action,
               api::Wire wire, std::string body)
        : wire_(wire),
          body_(std::move(body))
    {
        host_ = &host;
        caller_ = &caller;
        began_ = host.now();
        action_ = service.find(action);
        shapes_ = service.shapes->find(action);
    }

    // Whether there is an answer.
    bool run()
    {
        if (!document_ && !decode()) return true;
        now_ = host_->now();
        std::string text;
        const auto writer = wire_ == api::Wire::Json ? api::jsonWriter(text) : api::xmlWriter(text, outputShape());
        const api::Outcome outcome = action_->run(*this, *writer);
        if (std::holds_alternative<api::Later>(outcome)) return false;
        done_ = true;
        if (const auto* error = std::get_if<api::ApiError>(&outcome)) {
            reply_.error = *error;
            return true;
        }
        reply_.text = std::move(text);
        if (wire_ == api::Wire::Json) reply_.json = *parseJson(reply_.text);
        return true;
    }
    bool done() const { return done_; }
    const Reply& reply() const { return reply_; }
    void hangUp() { abandoned_ = true; }

    std::function<void()> retry() override
    {
        return [weak = weak_from_this(), host = host_] {
            // Later, as the endpoint does it: never from where it is called.
            host->at(host->now(), [weak] {
                const auto call = weak.lock();
                if (call && !call->done_ && !call->abandoned_) call->run();
            });
        };
    }
    bool abandoned() const override { return abandoned_; }
    std::shared_ptr<api::EventSink> events() override { return nullptr; }
    void names(std::string_view) override { }
    void notes(std::string_view reason) override { reply_.note = reason; }

private:
    const api::Shape& outputShape() const
    {
        static const api::Shape kNone;
        return shapes_->output ? *shapes_->output : kNone;
    }
    bool decode()
    {
        document_ = std::make_unique<api::Document>();
        const auto decoded = wire_ == api::Wire::Json ? api::decodeJson(body_, *document_)
                                                      : api::decodeQuery(body_, *shapes_->input, *document_);
        EXPECT_TRUE(decoded) << decoded.problem().text();
        input_ = &document_->root;
        reply_.error = api::validate(*document_, *shapes_->input, wire_);
        done_ = reply_.error.has_value();
        return !done_;
    }

    const api::Wire wire_;
    std::string body_;
    const api::Action* action_ = nullptr;
    const api::ShapeTable::ActionShapes* shapes_ = nullptr;
    std::unique_ptr<api::Document> document_;
    Reply reply_;
    bool done_ = false, abandoned_ = false;
};

class ApiClient {
public:
    // A call that may wait.
    std::shared_ptr<ClientCall> begin(const std::string& action, const Json& input)
    {
        return started(action, api::Wire::Json, input.dump());
    }
    Reply call(const std::string& action, const Json& input = Json::object())
    {
        const auto call = begin(action, input);
        EXPECT_TRUE(call->done()) << action << " waits";
        return call->reply();
    }
    // form: the parameters behind Action and Version.
    Reply query(const std::string& action, const std::string& form)
    {
        const auto call = started(action, api::Wire::Query, form);
        EXPECT_TRUE(call->done()) << action << " waits";
        return call->reply();
    }

    // Shorthands.
    static std::string url(const std::string& name) { return "http://127.0.0.1:4566/000000000000/" + name; }
    static std::string arn(const std::string& name) { return "arn:aws:sqs:us-east-1:000000000000:" + name; }
    Reply make(const std::string& name, Json attributes = Json::object())
    {
        if (name.ends_with(".fifo")) attributes["FifoQueue"] = "true";
        return call("CreateQueue", {{"QueueName", name}, {"Attributes", attributes}});
    }
    Reply send(const std::string& queue, const std::string& body, const Json& more = Json::object())
    {
        Json input = {{"QueueUrl", url(queue)}, {"MessageBody", body}};
        if (more.is_object()) input.update(more);
        return call("SendMessage", input);
    }
    Reply receive(const std::string& queue, const Json& more = Json::object())
    {
        Json input = {{"QueueUrl", url(queue)}, {"MaxNumberOfMessages", 10}};
        if (more.is_object()) input.update(more);
        return call("ReceiveMessage", input);
    }
    // The bodies received.
    Bodies bodies(const std::string& queue, const Json& more = Json::object())
    {
        return bodiesOf(receive(queue, more));
    }
    static Bodies bodiesOf(const Reply& reply)
    {
        EXPECT_EQ(reply.fault(), "");
        Bodies bodies;
        for (const Json& message : reply["Messages"])
            bodies.push_back(message.at("Body"));
        return bodies;
    }
    Json attributes(const std::string& queue)
    {
        return call("GetQueueAttributes", {{"QueueUrl", url(queue)}, {"AttributeNames", {"All"}}})["Attributes"];
    }

    const api::Caller& caller() const { return caller_; }

    ApiHost host;
    const api::Service service = sqsService();

private:
    std::shared_ptr<ClientCall> started(const std::string& action, api::Wire wire, std::string body)
    {
        auto call = std::make_shared<ClientCall>(host, caller_, service, action, wire, std::move(body));
        call->run();
        return call;
    }

    const api::Caller caller_{"000000000000", "us-east-1", "http://127.0.0.1:4566"};
};

} // namespace streamwright::sqs::test
