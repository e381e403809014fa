// SPDX-License-Identifier: GPL-3.0-or-later
// Service: an AWS service as its clients see it: its actions and how they are addressed. A plugin makes one and hands it to
// the Registry; the endpoint calls its actions. Knows nothing of HTTP, JSON or XML.
//   An action gets a validated request and writes its answer. It runs on a thread of the endpoint, must not block and may
//   be called for many requests at once.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/api/error.h"
#include "core/api/host.h"
#include "core/api/shape.h"
#include "core/api/writer.h"

namespace streamwright::api {

// What an answer of many parts (SubscribeToShard) is written to. Any thread; calls after the end do nothing.
class EventSink {
public:
    virtual ~EventSink() = default;
    // payload writes the event's structure.
    virtual void event(std::string_view type, const std::function<void(Writer&)>& payload) = 0;
    // Ends the stream, with an exception event when there is an error.
    virtual void end(const std::optional<ApiError>& error = {}) = 0;
    // The client has gone, or end was called.
    virtual bool ended() const = 0;
    // Bytes that the client has not taken yet: hold back while it is much.
    virtual std::size_t pending() const = 0;
    // Called once, when the client has taken what was pending (or has gone): from any thread.
    virtual void onDrained(std::function<void()> then) = 0;
};

struct Caller {
    std::string account, region; // of the credential scope, else the host's
    std::string baseUrl; // "http://127.0.0.1:4566", as the client addressed us
};

class Call {
public:
    virtual ~Call() = default;

    const Value& input() const { return *input_; }
    Host& host() const { return *host_; }
    const Caller& caller() const { return *caller_; }
    Time now() const { return now_; }
    Time began() const { return began_; } // of the first attempt

    // For an action that returns Later: a function that makes the endpoint call the action again with the same input, soon,
    // on a thread of its own. Call it from any thread, as often as wanted; once the answer is given it does nothing.
    virtual std::function<void()> retry() = 0;
    // The caller hung up: a Later action should give back what it holds.
    virtual bool abandoned() const = 0;
    // For an action that returns Streaming. The stream begins with initial-response once the action has returned.
    virtual std::shared_ptr<EventSink> events() = 0;
    // A word for the request log: which stream, queue ...
    virtual void names(std::string_view resource) = 0;
    // Why a good answer is not all that was asked for; also for the request log.
    virtual void notes(std::string_view reason) = 0;

protected:
    const Value* input_ = nullptr;
    Host* host_ = nullptr;
    const Caller* caller_ = nullptr;
    Time now_{}, began_{};
};

struct Answered { }; // the writer has the answer
struct Later { }; // retry() will be called
struct Streaming { }; // events() has the answer
using Outcome = std::variant<Answered, Later, Streaming, ApiError>;

struct Action {
    enum class Effect {
        Reads,
        Writes, // the answer waits until what was written is durable
        Manages, // makes, changes or ends resources: runs on a thread of its own and may wait for the engine; durable too
    };
    std::string_view name;
    Effect effect = Effect::Reads;
    // The writer is at the place of the answer's structure; what was written to it is dropped with an ApiError or Later.
    Outcome (*run)(Call& call, Writer& answer) = nullptr;
};

struct Service {
    std::string name; // "kinesis": the signing name
    std::vector<std::string> targets; // X-Amz-Target prefixes: "Kinesis_20131202"; empty: query protocol only
    std::string jsonVersion = "1.1"; // of application/x-amz-json-; CBOR has the same
    bool cbor = false;
    std::string queryVersion; // "2012-11-05"; empty: no query protocol
    std::string xmlNamespace;
    std::string errorNamespace; // before the code in JSON errors: "com.amazonaws.sqs#"; may be empty
    std::shared_ptr<const ShapeTable> shapes;
    std::vector<Action> actions;
    // Once for a run, before the first request: takes up what the run before has left. May be null.
    void (*begin)(Host& host) = nullptr;

    const Action* find(std::string_view action) const;
};

} // namespace streamwright::api
