// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/endpoint/signature.h"

#include <charconv>
#include <cstdio>
#include <openssl/crypto.h>
#include <openssl/hmac.h>

#include "core/api/decode.h"
#include "core/base/digest.h"

namespace streamwright::endpoint {
namespace {

constexpr auto kSkew = std::chrono::minutes(15);
constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view kHex = "0123456789ABCDEF";

std::string hmac(std::string_view key, std::string_view text)
{
    unsigned char digest[32];
    unsigned int size = sizeof digest;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
         text.size(), digest, &size);
    return {reinterpret_cast<char*>(digest), size};
}

bool unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

void encode(std::string_view text, std::string& into, bool slashToo = true)
{
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (unreserved(c) || (c == '/' && !slashToo))
            into.push_back(c);
        else
            into.append({'%', kHex[byte >> 4], kHex[byte & 15]});
    }
}

int hexDigit(char c)
{
    const auto at = kHex.find(c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

std::string decode(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escaped =
            text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 && hexDigit(text[i + 2]) >= 0;
        if (escaped)
            plain.push_back(static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2])));
        else
            plain.push_back(text[i] == '+' ? ' ' : text[i]);
        i += escaped ? 2 : 0;
    }
    return plain;
}

// Without empty, "." and ".." segments, encoded once more.
std::string canonicalPath(std::string_view path)
{
    std::vector<std::string_view> segments;
    const bool slashAtEnd = path.size() > 1 && path.back() == '/';
    while (!path.empty()) {
        const auto segment = path.substr(0, path.find('/'));
        path.remove_prefix(std::min(path.size(), segment.size() + 1));
        if (segment == ".." && !segments.empty())
            segments.pop_back();
        else if (!segment.empty() && segment != "." && segment != "..")
            segments.push_back(segment);
    }
    std::string canonical;
    for (const auto segment : segments) {
        canonical.push_back('/');
        encode(segment, canonical);
    }
    return canonical.empty() || slashAtEnd ? canonical + "/" : canonical;
}

std::string canonicalQuery(std::string_view query)
{
    std::vector<std::pair<std::string, std::string>> parameters;
    while (!query.empty()) {
        const auto parameter = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), parameter.size() + 1));
        const auto equals = std::min(parameter.find('='), parameter.size());
        std::string name, value;
        encode(decode(parameter.substr(0, equals)), name);
        encode(decode(parameter.substr(std::min(equals + 1, parameter.size()))), value);
        if (!name.empty() && name != "X-Amz-Signature") parameters.emplace_back(std::move(name), std::move(value));
    }
    std::sort(parameters.begin(), parameters.end());
    std::string canonical;
    for (const auto& [name, value] : parameters)
        canonical.append(canonical.empty() ? "" : "&").append(name).append("=").append(value);
    return canonical;
}

void appendTrimmed(std::string_view value, std::string& into)
{
    const auto begin = into.size();
    for (const char c : value)
        if (c != ' ' || (into.size() > begin && into.back() != ' ')) into.push_back(c);
    if (into.size() > begin && into.back() == ' ') into.pop_back();
}

// "name:value,value\n"; false when there is none.
bool appendHeader(const HttpFields& headers, std::string_view name, std::string& into)
{
    into.append(name).push_back(':');
    bool found = false;
    for (std::size_t i = 0; i < headers.size(); ++i) {
        const auto sent = headers.name(i);
        if (!std::equal(sent.begin(), sent.end(), name.begin(), name.end(),
                        [](char a, char b) { return lower(a) == b; }))
            continue;
        if (std::exchange(found, true)) into.push_back(',');
        appendTrimmed(headers.value(i), into);
    }
    into.push_back('\n');
    return found;
}

std::optional<WallTime> parseTime(const std::string& text)
{
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    char zone = 0;
    if (text.size() != 16 ||
        std::sscanf(text.c_str(), "%4d%2d%2dT%2d%2d%2d%c", &year, &month, &day, &hour, &minute, &second, &zone) != 7 ||
        zone != 'Z')
        return {};
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return {};
    return WallTime(std::chrono::sys_days(date)) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second);
}

std::string textOf(WallTime time)
{
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    char text[40];
    std::snprintf(text, sizeof text, "%04d%02u%02uT%02d%02d%02dZ", int(date.year()), unsigned(date.month()),
                  unsigned(date.day()), int(clock.hours().count()), int(clock.minutes().count()),
                  int(clock.seconds().count()));
    return text;
}

// Query services call it otherwise.
api::ApiError refusal(std::string code, std::string queryCode, std::string message)
{
    return {.code = std::move(code),
            .message = std::move(message),
            .queryCode = std::move(queryCode),
            .reason = "signature"};
}

api::ApiError invalid(std::string message)
{
    return refusal("InvalidSignatureException", "SignatureDoesNotMatch", std::move(message));
}

std::optional<api::ApiError> incomplete(const HttpRequest& request, const Signer& signer, const std::string& time)
{
    const bool header = signer.form == Signer::Form::Header;
    const auto authorization = request.headers.find("authorization");
    if (header && authorization.substr(0, kAlgorithm.size()) != kAlgorithm)
        return refusal("IncompleteSignatureException", "IncompleteSignature",
                       "Unsupported AWS 'algorithm': '" +
                           std::string(authorization.substr(0, authorization.find(' '))) + "'.");
    std::string missing;
    const auto require = [&](bool present, const char* name) {
        if (present) return;
        missing += header ? std::string("Authorization header requires '") + name + "' parameter. "
                          : std::string("AWS query-string parameters must include '") + name + "'. ";
    };
    require(!signer.credential.empty(), header ? "Credential" : "X-Amz-Credential");
    require(!signer.signature.empty(), header ? "Signature" : "X-Amz-Signature");
    require(!signer.signedHeaders.empty(), header ? "SignedHeaders" : "X-Amz-SignedHeaders");
    if (time.empty())
        missing += header ? "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
                          : "AWS query-string parameters must include 'X-Amz-Date'. ";
    if (missing.empty()) return {};
    return refusal(
        "IncompleteSignatureException", "IncompleteSignature",
        missing + (header ? "Authorization=" + std::string(authorization) : "Re-examine the query-string parameters."));
}

std::optional<api::ApiError> outOfTime(const HttpRequest& request, const Signer& signer, const std::string& time,
                                       WallTime now)
{
    const auto signedAt = parseTime(time);
    if (!signedAt)
        return refusal("IncompleteSignatureException", "IncompleteSignature",
                       "Date must be in ISO-8601 'basic format'. Got '" + time +
                           "'. See http://en.wikipedia.org/wiki/ISO_8601");
    if (*signedAt > now + kSkew)
        return invalid("Signature not yet current: " + time + " is still later than " + textOf(now + kSkew) + " (" +
                       textOf(now) + " + 15 min.)");
    if (signer.form == Signer::Form::Presigned) {
        const auto text = api::formParameter(request.query(), "X-Amz-Expires").value_or("");
        std::int64_t seconds = -1;
        std::from_chars(text.data(), text.data() + text.size(), seconds);
        if (seconds < 0 || seconds > 604'800)
            return refusal("IncompleteSignatureException", "IncompleteSignature",
                           "AWS query-string parameters must include 'X-Amz-Expires', in seconds, at most 604800.");
        if (*signedAt + std::chrono::seconds(seconds) < now)
            return refusal("RequestExpired", "RequestExpired", "Request has expired.");
    } else if (*signedAt < now - kSkew) {
        return invalid("Signature expired: " + time + " is now earlier than " + textOf(now - kSkew) + " (" +
                       textOf(now) + " - 15 min.)");
    }
    return {};
}

std::optional<api::ApiError> wrongScope(const Signer& signer, std::string_view service, const std::string& time)
{
    if (signer.part(Signer::Service) != service)
        return invalid("Credential should be scoped to correct service: '" + std::string(service) + "'. ");
    if (signer.part(Signer::Terminator) != "aws4_request")
        return invalid("Credential should be scoped with a valid terminator: 'aws4_request', not '" +
                       std::string(signer.part(Signer::Terminator)) + "'. ");
    if (signer.part(Signer::Date) != time.substr(0, 8))
        return invalid("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '" +
                       std::string(signer.part(Signer::Date)) + "' != '" + time.substr(0, 8) + "', from '" + time +
                       "'.");
    return {};
}

bool signsHost(const Signer& signer)
{
    const auto all = ";" + signer.signedHeaders + ";";
    return all.find(";host;") != std::string::npos || all.find(";:authority;") != std::string::npos;
}

} // namespace

std::string canonicalRequest(const HttpRequest& request, const Signer& signer)
{
    std::string text = request.method + "\n" + canonicalPath(request.path()) + "\n";
    text += canonicalQuery(request.query()) + "\n";
    std::string_view names = signer.signedHeaders;
    while (!names.empty()) {
        const auto name = names.substr(0, names.find(';'));
        names.remove_prefix(std::min(names.size(), name.size() + 1));
        if (!appendHeader(request.headers, name, text)) return "";
    }
    return text + "\n" + signer.signedHeaders + "\n" +
           sha256Hex(request.sentBody.empty() ? request.body : request.sentBody);
}

std::string signatureOf(const std::string& canonicalRequest, const Signer& signer, std::string_view time,
                        const std::string& secret)
{
    std::string_view scope = signer.credential;
    scope.remove_prefix(std::min(scope.size(), signer.part(Signer::Key).size() + 1));
    std::string text(kAlgorithm);
    text.append("\n").append(time).append("\n").append(scope).append("\n").append(sha256Hex(canonicalRequest));
    std::string key = hmac("AWS4" + secret, signer.part(Signer::Date));
    for (const auto part : {Signer::Region, Signer::Service, Signer::Terminator})
        key = hmac(key, signer.part(part));
    std::string hex;
    for (const char c : hmac(key, text)) {
        const auto byte = static_cast<unsigned char>(c);
        hex.push_back(lower(kHex[byte >> 4]));
        hex.push_back(lower(kHex[byte & 15]));
    }
    return hex;
}

std::optional<api::ApiError> checkSignature(const HttpRequest& request, const Signer& signer, const Keys& keys,
                                            std::string_view service, WallTime now)
{
    std::string time = signer.form == Signer::Form::Presigned
                           ? api::formParameter(request.query(), "X-Amz-Date").value_or("")
                           : std::string(request.headers.find("x-amz-date"));
    if (auto error = incomplete(request, signer, time)) return error;
    const auto key = keys.find(std::string(signer.part(Signer::Key)));
    if (key == keys.end())
        return refusal("UnrecognizedClientException", "InvalidClientTokenId",
                       "The security token included in the request is invalid.");
    if (auto error = outOfTime(request, signer, time, now)) return error;
    if (auto error = wrongScope(signer, service, time)) return error;
    if (!signsHost(signer)) return invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    const auto canonical = canonicalRequest(request, signer);
    const auto expected = signatureOf(canonical, signer, time, key->second);
    if (canonical.empty() || expected.size() != signer.signature.size() ||
        CRYPTO_memcmp(expected.data(), signer.signature.data(), expected.size()) != 0)
        return invalid("The request signature we calculated does not match the signature you provided. Check your AWS "
                       "Secret Access Key and signing method. Consult the service documentation for details.");
    return {};
}

api::ApiError missingToken()
{
    return refusal("MissingAuthenticationTokenException", "MissingAuthenticationToken", "Missing Authentication Token");
}

} // namespace streamwright::endpoint
