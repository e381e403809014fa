// SPDX-License-Identifier: GPL-3.0-or-later
// endpoint_bench [SECONDS] [SHARDS]: requests a second of the endpoint with the real services, each beside a plain Beast
// server that answers a constant, loaded by wrk with the same bodies over 16 connections. In turns, so that a noisy
// machine is noisy for both; the best round of each counts. Beside it the processor time of a request in this process (the
// least of the rounds), which other loads disturb less.
#include <utility> // before asio, which forgets it

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "core/engine/engine.h"
#include "core/graph/pipeline_file.h"
#include "core/plugin/pipeline_check.h"
#include "core/plugin/registry.h"

namespace {

using namespace streamwright;
namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr int kRounds = 3;
constexpr int kConnections = 16;
constexpr std::size_t kRecordBytes = 100;
const std::string kHeaders = "Content-Type: application/x-amz-json-1.1\r\nAuthorization: AWS4-HMAC-SHA256 "
                             "Credential=AKIDEXAMPLE/20260101/us-east-1/kinesis/aws4_request, "
                             "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=" +
                             std::string(64, '0') + "\r\nX-Amz-Date: 20260101T000000Z\r\n";

// What every request costs at least: Beast as its documentation shows it.
class ConstantServer {
public:
    ConstantServer() : acceptor_(io_, {asio::ip::address_v4::loopback(), 0})
    {
        accept();
        thread_ = std::thread([this] { io_.run(); });
    }
    ~ConstantServer()
    {
        io_.stop();
        thread_.join();
    }
    int port() const { return acceptor_.local_endpoint().port(); }

private:
    struct Session : std::enable_shared_from_this<Session> {
        explicit Session(tcp::socket s) : socket(std::move(s)) { socket.set_option(tcp::no_delay(true)); }
        void read()
        {
            parser.emplace();
            parser->body_limit(16 << 20);
            http::async_read(socket, buffer, *parser,
                             [self = shared_from_this()](boost::system::error_code error, std::size_t) {
                                 if (!error) self->write();
                             });
        }
        void write()
        {
            response = {http::status::ok, 11};
            response.set(http::field::content_type, "application/x-amz-json-1.1");
            response.set("x-amzn-RequestId", "00000000-0000-0000-0000-000000000000");
            response.body() =
                R"({"ShardId":"shardId-000000000000","SequenceNumber":"49646437577108476416916876405825929425585429676275269634"})";
            response.prepare_payload();
            http::async_write(socket, response,
                              [self = shared_from_this()](boost::system::error_code error, std::size_t) {
                                  if (!error) self->read();
                              });
        }
        tcp::socket socket;
        boost::beast::flat_buffer buffer;
        std::optional<http::request_parser<http::string_body>> parser;
        http::response<http::string_body> response;
    };
    void accept()
    {
        acceptor_.async_accept([this](boost::system::error_code error, tcp::socket socket) {
            if (error) return;
            std::make_shared<Session>(std::move(socket))->read();
            accept();
        });
    }

    asio::io_context io_{1};
    tcp::acceptor acceptor_;
    std::thread thread_;
};

// An engine without a drawing, and its endpoint.
class Served {
public:
    Served()
    {
        registerBuiltins(registry_);
        const auto reading = readPipeline(R"({"streamwright": 1, "name": "bench", "nodes": [], "edges": []})");
        EngineOptions options;
        options.speed = 1;
        engine_ = *Engine::open(checkPipeline(reading.pipeline, registry_, "").plan, registry_, options);
        thread_ = std::thread([this] { (void)engine_->runFor(std::chrono::hours(24)); });
        EndpointOptions endpoint;
        endpoint.port = 0;
        endpoint_ = *registry_.endpoint()(*engine_, registry_, endpoint);
    }
    ~Served()
    {
        endpoint_.reset();
        engine_->stop();
        thread_.join();
        (void)engine_->close();
    }
    int port() const { return endpoint_->port(); }

    std::string ask(const std::string& action, const std::string& body) const
    {
        asio::io_context io;
        tcp::socket socket(io);
        socket.connect({asio::ip::address_v4::loopback(), endpoint_->port()});
        const std::string text = "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + kHeaders +
                                 "X-Amz-Target: Kinesis_20131202." + action +
                                 "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
        asio::write(socket, asio::buffer(text));
        std::string answer;
        boost::system::error_code end;
        asio::read(socket, asio::dynamic_buffer(answer), end);
        return answer;
    }

private:
    Registry registry_;
    std::unique_ptr<Engine> engine_;
    std::thread thread_;
    std::unique_ptr<Endpoint> endpoint_;
};

struct Load {
    const char* name;
    const char* action;
    int records; // of a request; 0: not a batch
};

// Bodies with keys that spread over the shards, made once by wrk.
std::string script(const Load& load, const std::string& path)
{
    std::ofstream lua(path);
    lua << "local requests, at = {}, 0\n"
           "local data = string.rep('QUJD', "
        << kRecordBytes / 3 << ")\n"
        << "local headers = {['Content-Type'] = 'application/x-amz-json-1.1', ['X-Amz-Date'] = '20260101T000000Z',\n"
           "  ['X-Amz-Target'] = 'Kinesis_20131202."
        << load.action << "', ['Authorization'] = 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/kinesis/"
        << "aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=" << std::string(64, '0')
        << "'}\n"
           "function init()\n"
           "  for i = 1, "
        << (load.records == 0 ? 2048 : 32) << " do\n    local body\n";
    if (load.records == 0)
        lua << "    body = '{\"StreamName\":\"bench\",\"Data\":\"' .. data .. '\",\"PartitionKey\":\"key-' .. i .. "
               "'\"}'\n";
    else
        lua << "    local entries = {}\n    for j = 1, " << load.records
            << " do entries[j] = '{\"Data\":\"' .. data .. '\",\"PartitionKey\":\"key-' .. i .. '-' .. j .. '\"}' end\n"
               "    body = '{\"StreamName\":\"bench\",\"Records\":[' .. table.concat(entries, ',') .. ']}'\n";
    lua << "    requests[i] = wrk.format('POST', '/', headers, body)\n  end\nend\n"
           "function request() at = at % #requests + 1; return requests[at] end\n";
    return path;
}

struct Figures {
    double rate = 0;
    double cpu = 0; // microseconds a request
    std::string p99 = "-";
    bool refused = false;
};

double cpuMicroseconds()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return 1e6 * static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

Figures run(const std::string& script, int port, int seconds)
{
    const auto command = "wrk -t1 -c" + std::to_string(kConnections) + " -d" + std::to_string(seconds) +
                         "s --latency -s " + script + " http://127.0.0.1:" + std::to_string(port) + "/";
    Figures figures;
    const double before = cpuMicroseconds();
    double requests = 1;
    std::FILE* out = popen(command.c_str(), "r");
    if (!out) return figures;
    std::array<char, 512> line{};
    while (std::fgets(line.data(), line.size(), out)) {
        const std::string text = line.data();
        if (const auto at = text.find("Requests/sec:"); at != std::string::npos)
            figures.rate = std::atof(text.c_str() + at + 13);
        if (const auto at = text.find("99%"); at != std::string::npos) {
            figures.p99 = text.substr(text.find_first_not_of(' ', at + 3));
            figures.p99.resize(figures.p99.find('\n'));
        }
        if (const auto at = text.find(" requests in "); at != std::string::npos) requests = std::atof(text.c_str());
        figures.refused |= text.find("Non-2xx") != std::string::npos;
    }
    pclose(out);
    figures.cpu = (cpuMicroseconds() - before) / requests;
    return figures;
}

} // namespace

int main(int argc, char** argv)
{
    const int seconds = argc > 1 ? std::atoi(argv[1]) : 3;
    const std::string shards = argc > 2 ? argv[2] : "64";
    const ConstantServer constant;
    const Served served;
    const auto created = served.ask("CreateStream", R"({"StreamName":"bench","ShardCount":)" + shards + "}");
    if (created.find(" 200 ") == std::string::npos) {
        std::printf("The stream could not be made: %s\n", created.c_str());
        return 1;
    }
    while (served.ask("DescribeStreamSummary", R"({"StreamName":"bench"})").find("ACTIVE") == std::string::npos)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    const auto path =
        (std::filesystem::temp_directory_path() / ("endpoint_bench." + std::to_string(getpid()) + ".lua")).string();
    std::printf("%-16s %12s %12s %7s %10s %12s %22s\n", "", "constant /s", "endpoint /s", "ratio", "p99", "records/s",
                "CPU us a request");
    for (const Load& load : {Load{"PutRecord", "PutRecord", 0}, Load{"PutRecords 100", "PutRecords", 100},
                             Load{"PutRecords 500", "PutRecords", 500}}) {
        script(load, path);
        Figures reference, ours;
        for (int i = 0; i < kRounds; ++i) {
            for (const auto& [figures, port] :
                 {std::pair(&reference, constant.port()), std::pair(&ours, served.port())}) {
                const auto round = run(path, port, seconds);
                const double cpu = i == 0 ? round.cpu : std::min(figures->cpu, round.cpu);
                if (round.rate > figures->rate) *figures = round;
                figures->cpu = cpu;
            }
        }
        std::printf("%-16s %12.0f %12.0f %6.0f%% %10s %12.0f %8.1f %8.1f %3.0f%%%s\n", load.name, reference.rate,
                    ours.rate, 100 * ours.rate / reference.rate, ours.p99.c_str(),
                    ours.rate * std::max(1, load.records), reference.cpu, ours.cpu, 100 * reference.cpu / ours.cpu,
                    ours.refused ? "  (some refused)" : "");
        std::fflush(stdout);
    }
    std::filesystem::remove(path);
}
