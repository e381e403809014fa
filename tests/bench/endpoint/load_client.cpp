// SPDX-License-Identifier: GPL-3.0-or-later
// Load that wrk cannot make, over 16 connections and one thread; prints one line of JSON.
//   load_client PORT paced RATE SECONDS FILE     the file's requests (as load.lua reads them) at a steady rate. A latency counts
//                                                from when its request was due, so that a server that stalls is not spared.
//   load_client PORT cycle QUEUE BATCH SECONDS   every connection sends, receives and deletes BATCH messages in turn
//   load_client PORT fill QUEUE MESSAGES RATE    sends messages by 10 at a steady rate
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using SteadyClock = std::chrono::steady_clock;
using Instant = SteadyClock::time_point;

constexpr std::size_t kConnections = 16;
constexpr std::size_t kGroups = 100'000; // of a FIFO queue's messages
constexpr std::size_t kBodyBytes = 100;

[[noreturn]] void fail(const char* what)
{
    std::fprintf(stderr, "load_client: %s\n", what);
    std::exit(1);
}

double secondsSince(Instant start) { return std::chrono::duration<double>(SteadyClock::now() - start).count(); }

struct Answer {
    int status = 0;
    std::string_view body;
};

// Connections that are kept alive, each with one request under way at most.
class Connections {
public:
    explicit Connections(int port) : epoll_(epoll_create1(0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        for (std::size_t i = 0; i < kConnections; ++i) {
            const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
            if (connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) fail("cannot connect");
            const int on = 1;
            setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.u64 = i;
            epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
            sockets_[i] = socket;
        }
    }

    void send(std::size_t connection, std::string_view request)
    {
        while (!request.empty()) {
            const auto sent = ::send(sockets_[connection], request.data(), request.size(), MSG_NOSIGNAL);
            if (sent <= 0) fail("the server has hung up");
            request.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    // Hands each answer that is whole to take(connection, answer); waits for one, or not at all.
    template <typename Take>
    void receive(bool wait, Take take)
    {
        std::array<epoll_event, kConnections> ready;
        const int count = epoll_wait(epoll_, ready.data(), kConnections, wait ? -1 : 0);
        for (int i = 0; i < count; ++i) {
            const auto connection = static_cast<std::size_t>(ready[static_cast<std::size_t>(i)].data.u64);
            const auto size = recv(sockets_[connection], buffer_.data(), buffer_.size(), 0);
            if (size <= 0) fail("the server has hung up");
            const std::string_view bytes(buffer_.data(), static_cast<std::size_t>(size));
            std::string& begun = in_[connection];
            Answer answer;
            if (begun.empty() && whole(bytes, answer)) {
                take(connection, answer);
                continue;
            }
            begun.append(bytes);
            if (!whole(begun, answer)) continue;
            const std::string text =
                std::exchange(begun, {}); // what the answer points into, while the next is asked for
            whole(text, answer);
            take(connection, answer);
        }
    }

private:
    static bool whole(std::string_view text, Answer& answer)
    {
        const auto end = text.find("\r\n\r\n");
        if (end == std::string_view::npos) return false;
        const auto head = text.substr(0, end);
        const auto length = head.find("Content-Length: ");
        if (length == std::string_view::npos) fail("an answer without its length");
        const auto size = static_cast<std::size_t>(std::atoll(head.data() + length + 16));
        if (text.size() < end + 4 + size) return false;
        answer = {std::atoi(head.data() + 9), text.substr(end + 4, size)};
        return true;
    }

    const int epoll_;
    std::array<int, kConnections> sockets_{};
    std::array<std::string, kConnections> in_; // of answers that came in part
    std::vector<char> buffer_ = std::vector<char>(64 << 10);
};

// Requests that become due at a steady rate, each sent by the first connection that is free from then on.
template <typename Next, typename Take>
void paced(Connections& connections, double rate, std::uint64_t count, Next next, Take take)
{
    std::vector<std::size_t> idle;
    for (std::size_t i = 0; i < kConnections; ++i)
        idle.push_back(i);
    std::array<Instant, kConnections> due;
    const auto start = SteadyClock::now();
    const auto dueAt = [&](std::uint64_t request) {
        return start + std::chrono::nanoseconds(static_cast<std::int64_t>(1e9 * static_cast<double>(request) / rate));
    };
    std::uint64_t sent = 0, answered = 0;
    while (answered < count) {
        for (; sent < count && !idle.empty() && dueAt(sent) <= SteadyClock::now(); ++sent, idle.pop_back()) {
            due[idle.back()] = dueAt(sent);
            connections.send(idle.back(), next());
        }
        connections.receive(false, [&](std::size_t connection, const Answer& answer) {
            take(answer, SteadyClock::now() - due[connection]);
            idle.push_back(connection);
            ++answered;
        });
    }
}

std::vector<std::string> readRequests(const char* path)
{
    std::ifstream file(path, std::ios::binary);
    std::vector<std::string> requests;
    for (std::size_t size = 0; file >> size;) {
        file.get();
        file.read(requests.emplace_back(size, '\0').data(), static_cast<std::streamsize>(size));
    }
    if (requests.empty()) fail("no requests in the file");
    return requests;
}

int runPaced(int port, double rate, double seconds, const char* path)
{
    const auto requests = readRequests(path);
    Connections connections(port);
    std::vector<double> latencies; // milliseconds
    std::size_t at = 0, refused = 0;
    const auto start = SteadyClock::now();
    paced(
        connections, rate, static_cast<std::uint64_t>(rate * seconds),
        [&]() -> const std::string& { return requests[at++ % requests.size()]; },
        [&](const Answer& answer, SteadyClock::duration latency) {
            refused += answer.status != 200;
            latencies.push_back(std::chrono::duration<double, std::milli>(latency).count());
        });
    const double took = secondsSince(start);
    std::sort(latencies.begin(), latencies.end());
    const auto share = [&](double part) {
        return latencies[static_cast<std::size_t>(part * static_cast<double>(latencies.size() - 1))];
    };
    std::printf(R"({"count": %zu, "seconds": %.6f, "refused": %zu, "p50": %.4f, "p99": %.4f, "most": %.4f})"
                "\n",
                latencies.size(), took, refused, share(0.5), share(0.99), latencies.back());
    return 0;
}

// Bodies of SQS's JSON protocol.
class QueueRequests {
public:
    QueueRequests(std::string queue, int port)
        : fifo_(queue.ends_with(".fifo")),
          url_(R"({"QueueUrl":"http://127.0.0.1:)" + std::to_string(port) + "/000000000000/" + queue + "\""),
          run_(std::to_string(std::chrono::system_clock::now().time_since_epoch().count())),
          text_(kBodyBytes, 'x')
    {
    }

    std::string send(std::size_t batch)
    {
        std::string body = url_;
        if (batch > 1) body += R"(,"Entries":[)";
        for (std::size_t i = 0; i < batch; ++i, ++number_) {
            if (batch > 1) body.append(i == 0 ? "{" : ",{").append(R"("Id":")").append(std::to_string(i)).append("\"");
            body.append(R"(,"MessageBody":")").append(text_).append("\"");
            if (fifo_) {
                body.append(R"(,"MessageGroupId":"group-)").append(std::to_string(number_ % kGroups));
                body.append(R"(","MessageDeduplicationId":")").append(run_).append("-").append(std::to_string(number_));
                body.append("\"");
            }
            if (batch > 1) body += "}";
        }
        return request(batch > 1 ? "SendMessageBatch" : "SendMessage", body + (batch > 1 ? "]}" : "}"));
    }

    std::string receive(std::size_t batch) const
    {
        return request("ReceiveMessage", url_ + R"(,"MaxNumberOfMessages":)" + std::to_string(batch) + "}");
    }

    std::string remove(const std::vector<std::string_view>& handles, bool batch) const
    {
        std::string body = url_;
        if (!batch) {
            body.append(R"(,"ReceiptHandle":")").append(handles.front()).append("\"}");
            return request("DeleteMessage", body);
        }
        body += R"(,"Entries":[)";
        for (std::size_t i = 0; i < handles.size(); ++i) {
            body.append(i == 0 ? "{" : ",{").append(R"("Id":")").append(std::to_string(i));
            body.append(R"(","ReceiptHandle":")").append(handles[i]).append("\"}");
        }
        return request("DeleteMessageBatch", body + "]}");
    }

private:
    static std::string request(std::string_view action, std::string_view body)
    {
        std::string text =
            "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-amz-json-1.0\r\n"
            "Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/sqs/aws4_request, "
            "SignedHeaders=host;x-amz-date, Signature=00\r\nX-Amz-Date: 20260101T000000Z\r\n"
            "X-Amz-Target: AmazonSQS.";
        text.append(action).append("\r\nContent-Length: ").append(std::to_string(body.size()));
        return text.append("\r\n\r\n").append(body);
    }

    const bool fifo_;
    const std::string url_;
    const std::string run_; // so that no run repeats another's deduplication ids
    const std::string text_;
    std::uint64_t number_ = 0;
};

bool good(const Answer& answer)
{
    return answer.status == 200 && answer.body.find(R"("Failed":[{)") == std::string_view::npos;
}

std::vector<std::string_view> handlesIn(std::string_view body)
{
    constexpr std::string_view kName = R"("ReceiptHandle":")";
    std::vector<std::string_view> handles;
    for (auto at = body.find(kName); at != std::string_view::npos; at = body.find(kName, at)) {
        at += kName.size();
        handles.push_back(body.substr(at, body.find('"', at) - at));
    }
    return handles;
}

int runCycle(int port, const char* queue, std::size_t batch, double seconds)
{
    enum class Step { Send, Receive, Delete };
    struct State {
        Step step = Step::Send;
        std::size_t deleting = 0;
    };
    Connections connections(port);
    QueueRequests requests(queue, port);
    std::array<State, kConnections> states;
    std::size_t messages = 0, refused = 0, empty = 0;
    const auto answered = [&](std::size_t connection, const Answer& answer) {
        State& state = states[connection];
        refused += !good(answer);
        if (state.step == Step::Delete) {
            messages += state.deleting;
            state.step = Step::Send;
            return connections.send(connection, requests.send(batch));
        }
        const auto handles = handlesIn(answer.body);
        if (state.step == Step::Send || handles.empty()) {
            empty += state.step == Step::Receive;
            state.step = Step::Receive;
            return connections.send(connection, requests.receive(batch));
        }
        state = {Step::Delete, handles.size()};
        connections.send(connection, requests.remove(handles, batch > 1));
    };
    for (std::size_t i = 0; i < kConnections; ++i)
        connections.send(i, requests.send(batch));
    const auto start = SteadyClock::now();
    while (secondsSince(start) < seconds)
        connections.receive(true, answered);
    std::printf(R"({"count": %zu, "seconds": %.6f, "refused": %zu, "empty": %zu})"
                "\n",
                messages, secondsSince(start), refused, empty);
    return 0;
}

int runFill(int port, const char* queue, std::uint64_t messages, double rate)
{
    Connections connections(port);
    QueueRequests requests(queue, port);
    std::size_t refused = 0;
    const auto start = SteadyClock::now();
    paced(
        connections, rate / 10, messages / 10, [&] { return requests.send(10); },
        [&](const Answer& answer, SteadyClock::duration) { refused += !good(answer); });
    std::printf(R"({"count": %llu, "seconds": %.6f, "refused": %zu})"
                "\n",
                static_cast<unsigned long long>(messages), secondsSince(start), refused);
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    const std::string_view mode = argc == 6 ? argv[2] : "";
    if (mode == "paced") return runPaced(std::atoi(argv[1]), std::atof(argv[3]), std::atof(argv[4]), argv[5]);
    if (mode == "cycle")
        return runCycle(std::atoi(argv[1]), argv[3], static_cast<std::size_t>(std::atoi(argv[4])), std::atof(argv[5]));
    if (mode == "fill")
        return runFill(std::atoi(argv[1]), argv[3], static_cast<std::uint64_t>(std::atoll(argv[4])),
                       std::atof(argv[5]));
    fail("the arguments are wrong; the head of its source says which it takes");
}
