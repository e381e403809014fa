// SPDX-License-Identifier: GPL-3.0-or-later
// S3Delivery: the objects of a delivery stream on their way to one bucket, in the order they were made. What the bucket
// does not take is tried again after an exponential back-off, the oldest first and alone until one succeeds; an object
// that is too old is given up. Belongs to an operator's step: one thread.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "core/base/random.h"
#include "core/runtime/channel.h"
#include "plugins/firehose/delivery_buffer.h"

namespace streamwright::firehose {

struct PendingObject {
    enum class Kind { Data, ErrorOutput, Backup };
    Kind kind = Kind::Data;
    RecordBatchPtr object; // one record: the key and the bytes as they are put
    Bundle bundle; // what is in it; slices without their batch where the records are not needed again
    Duration retryFor = Duration::max(); // from the first failure
    Time giveUpAt = kNever;
    std::uint64_t attempts = 0;
    const char* lastError = ""; // a literal
};

class S3Delivery {
public:
    explicit S3Delivery(Outlet& outlet) : outlet_(&outlet) { }

    const Outlet& outlet() const { return *outlet_; }
    // To another bucket from now on, what has not been answered too.
    void moveTo(Outlet& outlet);

    void add(PendingObject object);

    struct Results {
        std::vector<PendingObject> delivered;
        std::vector<PendingObject> givenUp;
        std::vector<PendingObject::Kind> failures; // one a failed PUT
    };
    // Takes the bucket's answers and gives up what is too old.
    Results takeAnswers(Time now, Random& random);
    // Sends what may be sent now.
    void send(Time now);
    // When takeAnswers and send have something to do without an answer; kNever when they have not.
    Time nextTry() const;

    bool failing() const { return failures_ > 0; }
    ByteCount bytes() const { return bytes_; } // of all objects not delivered
    std::size_t objects() const { return waiting_.size() + inFlight_.size(); }

private:
    using Number = std::uint64_t; // in the order of add
    struct Sent {
        Number number;
        PendingObject object;
    };

    void wait(Number number, PendingObject object);
    PendingObject stopWaiting(Number number);
    void takeFailure(Sent sent, const char* error, Time now, Results& results);
    std::size_t mostInFlight() const;

    Outlet* outlet_;
    Number lastNumber_ = 0;
    std::map<Number, PendingObject> waiting_;
    std::set<std::pair<Time, Number>> deadlines_; // when those that wait are given up
    std::map<DeliveryId, Sent> inFlight_;
    std::uint64_t failures_ = 0; // in a row
    Time notBefore_ = Time::min();
    ByteCount bytes_;
};

// The wait after the nth failure in a row (n from 1), jitter included.
Duration backoff(std::uint64_t failures, Random& random);

} // namespace streamwright::firehose
