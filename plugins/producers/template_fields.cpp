// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/template_fields.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

#include "plugins/producers/ascii_writer.h"
#include "plugins/producers/random_text.h"
#include "plugins/producers/template_words.h"
#include "plugins/producers/weighted_choice.h"

namespace streamwright::producers {

namespace {

using Form = GeneratedField::Form;
using FieldPtr = std::unique_ptr<GeneratedField>;
using Arguments = std::vector<std::string>;

// A field of one function and a bound of its size.
template <typename Write>
class SimpleField : public GeneratedField {
public:
    SimpleField(Form form, std::size_t maximumSize, Write write)
        : form_(form),
          maximumSize_(maximumSize),
          write_(std::move(write))
    {
    }
    char* write(char* at, const RecordFacts& facts, Random& random) override { return write_(at, facts, random); }
    std::size_t maximumSize() const override { return maximumSize_; }
    Form form() const override { return form_; }

private:
    const Form form_;
    const std::size_t maximumSize_;
    Write write_;
};

template <typename Write>
FieldPtr field(Form form, std::size_t maximumSize, Write write)
{
    return std::make_unique<SimpleField<Write>>(form, maximumSize, std::move(write));
}

template <typename Words>
std::string_view pick(const Words& words, Random& random)
{
    return words[random.below(words.size())];
}

template <typename Words>
constexpr std::size_t longest(const Words& words)
{
    std::size_t size = 0;
    for (const std::string_view word : words)
        size = std::max(size, word.size());
    return size;
}

Problem bad(std::initializer_list<std::string_view> parts)
{
    Problem problem{ProblemCode::InvalidInput, {}, {}};
    for (const std::string_view part : parts)
        problem.message += part;
    return problem;
}

// A number as it was written: its value and how many decimals it shows.
struct WrittenNumber {
    double value = 0;
    int decimals = 0;
};

std::optional<WrittenNumber> readNumber(std::string_view text)
{
    WrittenNumber number;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), number.value, std::chars_format::fixed);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number.value)) return {};
    const auto point = text.find('.');
    number.decimals = point == text.npos ? 0 : static_cast<int>(text.size() - point - 1);
    if (number.decimals > 9 || std::abs(number.value) * std::pow(10.0, number.decimals) > 9e15) return {};
    return number;
}

// So many numbers, written with at most 9 decimals; decimals: the most that one of them shows.
struct Numbers {
    std::vector<double> values;
    int decimals = 0;
    double power() const { return std::pow(10.0, decimals); }
};

Result<Numbers> readNumbers(const Arguments& arguments, std::size_t count, const char* example)
{
    Numbers numbers;
    for (const std::string& argument : arguments) {
        const auto number = readNumber(argument);
        if (!number) return bad({"\"", argument, "\" is not a number of at most 9 decimals; an example: ", example});
        numbers.values.push_back(number->value);
        numbers.decimals = std::max(numbers.decimals, number->decimals);
    }
    if (arguments.size() != count)
        return bad({"needs ", std::to_string(count), count == 1 ? " number" : " numbers", "; an example: ", example});
    return numbers;
}

std::int64_t scaled(double value, double power)
{
    return static_cast<std::int64_t>(std::llround(std::clamp(value * power, -9e18, 9e18)));
}

Result<FieldPtr> makeSequence(const Arguments& arguments)
{
    std::uint64_t first = 1;
    if (arguments.size() == 1) {
        const auto number = readNumber(arguments[0]);
        if (!number || number->decimals > 0 || number->value < 0)
            return bad({"the first number must be whole; an example: {{sequence 1000}}"});
        first = static_cast<std::uint64_t>(number->value);
    }
    return field(Form::Plain, kMaxDecimal, [first](char* at, const RecordFacts& facts, Random&) {
        return writeDecimal(at, first + facts.number - 1);
    });
}

Result<FieldPtr> makeNumber(const Arguments& arguments)
{
    const auto numbers = readNumbers(arguments, 2, "{{number 1 6}}");
    if (!numbers) return numbers.problem();
    const std::int64_t low = scaled(numbers->values[0], numbers->power()),
                       high = scaled(numbers->values[1], numbers->power());
    if (low > high) return bad({"the first number must not be above the second; an example: {{number 1 6}}"});
    const auto span = static_cast<std::uint64_t>(high - low) + 1;
    return field(Form::Plain, kMaxFixed,
                 [low, span, decimals = numbers->decimals](char* at, const RecordFacts&, Random& random) {
                     return writeFixed(at, low + static_cast<std::int64_t>(random.below(span)), decimals);
                 });
}

Result<FieldPtr> makeNormal(const Arguments& arguments)
{
    const auto numbers = readNumbers(arguments, 2, "{{normal 20.0 2.5}}");
    if (!numbers) return numbers.problem();
    if (numbers->values[1] < 0) return bad({"the deviation must not be negative; an example: {{normal 20.0 2.5}}"});
    return field(Form::Plain, kMaxFixed,
                 [n = *numbers, power = numbers->power()](char* at, const RecordFacts&, Random& random) {
                     return writeFixed(at, scaled(random.normal(n.values[0], n.values[1]), power), n.decimals);
                 });
}

Result<FieldPtr> makeExponential(const Arguments& arguments)
{
    const auto numbers = readNumbers(arguments, 1, "{{exponential 250}}");
    if (!numbers) return numbers.problem();
    if (numbers->values[0] < 0) return bad({"the mean must not be negative; an example: {{exponential 250}}"});
    return field(Form::Plain, kMaxFixed,
                 [n = *numbers, power = numbers->power()](char* at, const RecordFacts&, Random& random) {
                     return writeFixed(at, scaled(random.exponential(n.values[0]), power), n.decimals);
                 });
}

Result<FieldPtr> makeBoolean(const Arguments& arguments)
{
    const auto share = arguments.empty() ? WrittenNumber{0.5} : readNumber(arguments[0]);
    if (arguments.size() > 1 || !share || share->value < 0 || share->value > 1)
        return bad({"takes the share of true, 0 to 1; an example: {{boolean 0.2}}"});
    return field(Form::Plain, 5, [share = share->value](char* at, const RecordFacts&, Random& random) {
        return writeText(at, random.chance(share) ? "true" : "false");
    });
}

Result<FieldPtr> makeText(const Arguments& arguments)
{
    const auto size = readNumbers(arguments, 1, "{{text 40}}");
    if (!size) return size.problem();
    if (size->decimals > 0 || size->values[0] < 1 || size->values[0] > 1'000'000)
        return bad({"takes a number of characters, 1 to 1,000,000; an example: {{text 40}}"});
    const auto bytes = static_cast<std::size_t>(size->values[0]);
    return field(Form::Text, bytes, [bytes](char* at, const RecordFacts&, Random& random) {
        fillRandomText(at, bytes, random);
        return at + bytes;
    });
}

Result<FieldPtr> makeTimestamp(const Arguments& arguments)
{
    const std::string form = arguments.empty() ? "iso" : arguments[0];
    if (form == "iso")
        return field(Form::Text, kIsoTimeSize,
                     [](char* at, const RecordFacts& facts, Random&) { return writeIsoTime(at, facts.time); });
    const std::int64_t micros = form == "seconds"        ? 1'000'000
                                : form == "milliseconds" ? 1000
                                : form == "microseconds" ? 1
                                                         : 0;
    if (micros == 0)
        return bad({"takes iso, seconds, milliseconds or microseconds; an example: {{timestamp milliseconds}}"});
    return field(Form::Plain, kMaxDecimal, [micros](char* at, const RecordFacts& facts, Random&) {
        const std::int64_t since = facts.time.time_since_epoch().count();
        return writeSigned(at, since >= 0 ? since / micros : -((-since + micros - 1) / micros));
    });
}

Result<FieldPtr> makeUuid(const Arguments&)
{
    return field(Form::Text, 36, [](char* at, const RecordFacts&, Random& random) {
        static constexpr char kHex[] = "0123456789abcdef";
        const std::uint64_t halves[2] = {(random.next() & ~0xF000ull) | 0x4000ull,
                                         (random.next() & ~(3ull << 62)) | (1ull << 63)};
        for (int i = 0; i < 32; ++i) {
            if (i == 8 || i == 12 || i == 16 || i == 20) *at++ = '-';
            *at++ = kHex[(halves[i / 16] >> (60 - 4 * (i % 16))) & 15];
        }
        return at;
    });
}

Result<FieldPtr> makeName(const Arguments&)
{
    return field(Form::Text, longest(kFirstNames) + 1 + longest(kLastNames),
                 [](char* at, const RecordFacts&, Random& random) {
                     at = writeText(at, pick(kFirstNames, random));
                     *at++ = ' ';
                     return writeText(at, pick(kLastNames, random));
                 });
}

Result<FieldPtr> makeUrl(const Arguments&)
{
    static constexpr std::string_view kHost = "https://www.example.com/";
    return field(Form::Text, kHost.size() + longest(kSections) + longest(kItems) + 5,
                 [](char* at, const RecordFacts&, Random& random) {
                     at = writeText(writeText(at, kHost), pick(kSections, random));
                     *at++ = '/';
                     at = writeText(at, pick(kItems, random));
                     *at++ = '-';
                     return writeDecimal(at, random.below(1000));
                 });
}

Result<FieldPtr> makeIp(const Arguments&)
{
    return field(Form::Text, longest(kNetworks) + 3, [](char* at, const RecordFacts&, Random& random) {
        return writeDecimal(writeText(at, pick(kNetworks, random)), 1 + random.below(254));
    });
}

Result<FieldPtr> makeUserAgent(const Arguments&)
{
    return field(Form::Text, longest(kUserAgents),
                 [](char* at, const RecordFacts&, Random& random) { return writeText(at, pick(kUserAgents, random)); });
}

// 'in stock':3 or sold:1 or sold: the value and its weight.
struct WeightedValue {
    std::string value;
    double weight = 1;
    bool quoted = false;
};

std::optional<WeightedValue> readWeighted(std::string_view text)
{
    WeightedValue weighted;
    const bool quoted = text.starts_with('\'');
    const auto end = quoted ? text.find('\'', 1) : text.rfind(':');
    if (quoted && end == text.npos) return {};
    weighted.quoted = quoted;
    weighted.value = quoted ? text.substr(1, end - 1) : text.substr(0, end);
    text.remove_prefix(std::min(text.size(), quoted ? end + 1 : end));
    if (text.empty()) return weighted;
    const auto weight = text.starts_with(':') ? readNumber(text.substr(1)) : std::nullopt;
    if (!weight || weight->value < 0) return {};
    weighted.weight = weight->value;
    return weighted;
}

bool isPlain(const WeightedValue& value)
{
    const std::string& text = value.value;
    if (value.quoted) return false;
    if (text == "true" || text == "false" || text == "null") return true;
    const bool leadingZero = text.size() > 1 && text[0] == '0' && text[1] != '.';
    return readNumber(text) && !leadingZero && text.back() != '.' && !text.starts_with("-.") && !text.starts_with('.');
}

Result<FieldPtr> makeCategory(const Arguments& arguments)
{
    static constexpr const char* kExample = "; an example: {{category buy:5 'put back':3 look:20}}";
    std::vector<std::string> values;
    std::vector<double> weights;
    bool plain = !arguments.empty();
    double sum = 0;
    for (const std::string& argument : arguments) {
        const auto weighted = readWeighted(argument);
        if (!weighted) return bad({"\"", argument, "\" is not VALUE or VALUE:WEIGHT", kExample});
        std::string escaped(weighted->value.size() * kMaxEscaped, '\0');
        escaped.resize(static_cast<std::size_t>(writeEscaped(escaped.data(), weighted->value) - escaped.data()));
        values.push_back(std::move(escaped));
        weights.push_back(weighted->weight);
        sum += weighted->weight;
        plain = plain && isPlain(*weighted);
    }
    if (!(sum > 0)) return bad({"needs a value with a weight above 0", kExample});
    const std::size_t size = longest(values);
    return field(plain ? Form::Plain : Form::Text, size,
                 [values = std::move(values), choice = WeightedChoice(weights)](
                     char* at, const RecordFacts&, Random& random) { return writeText(at, values[choice(random)]); });
}

// Every partition key (the first kWalkers of them) walks on from where its last record was, turning a little each time.
class GeoWalk {
public:
    GeoWalk(double latitude, double longitude, double metres)
        : start_{latitude, longitude, 0},
          step_(metres / kMetresPerDegree),
          narrowing_(std::max(0.01, std::cos(latitude * std::numbers::pi / 180)))
    {
    }

    char* operator()(char* at, const RecordFacts& facts, Random& random)
    {
        const std::size_t index = facts.keyNumber % kWalkers;
        while (walkers_.size() <= index)
            walkers_.push_back(start_);
        Walker& walker = walkers_[index];
        if (walker.latitude == start_.latitude && walker.longitude == start_.longitude)
            walker.heading = random.uniform() * 2 * std::numbers::pi;
        walker.heading += random.uniform() - 0.5;
        walker.latitude = std::clamp(walker.latitude + step_ * std::cos(walker.heading), -90.0, 90.0);
        walker.longitude = std::remainder(walker.longitude + step_ * std::sin(walker.heading) / narrowing_, 360.0);
        at = writeFixed(writeText(at, "{\"lat\":"), scaled(walker.latitude, 1e6), 6);
        at = writeFixed(writeText(at, ",\"lon\":"), scaled(walker.longitude, 1e6), 6);
        *at++ = '}';
        return at;
    }

private:
    static constexpr double kMetresPerDegree = 111'320;
    static constexpr std::size_t kWalkers = 65'536;
    struct Walker {
        double latitude, longitude, heading;
    };

    const Walker start_;
    const double step_, narrowing_;
    std::vector<Walker> walkers_;
};

Result<FieldPtr> makeGeoWalk(const Arguments& arguments)
{
    static constexpr const char* kExample = "{{geoWalk 52.52 13.40 25}}";
    const auto numbers = readNumbers(arguments, 3, kExample);
    if (!numbers) return numbers.problem();
    const double latitude = numbers->values[0], longitude = numbers->values[1], metres = numbers->values[2];
    if (std::abs(latitude) > 90 || std::abs(longitude) > 180 || metres < 0 || metres > 1e6)
        return bad({"takes a latitude (-90 to 90), a longitude (-180 to 180) and metres a record (0 to 1,000,000); an "
                    "example: ",
                    kExample});
    return field(Form::Object, 16 + 2 * kMaxFixed, GeoWalk(latitude, longitude, metres));
}

struct FieldName {
    std::string_view name;
    Result<FieldPtr> (*make)(const Arguments&);
    std::size_t mostArguments;
};

constexpr std::size_t kAnyNumber = 10'000;
constexpr FieldName kFieldNames[] = {{"sequence", makeSequence, 1},
                                     {"uuid", makeUuid, 0},
                                     {"name", makeName, 0},
                                     {"url", makeUrl, 0},
                                     {"ip", makeIp, 0},
                                     {"userAgent", makeUserAgent, 0},
                                     {"timestamp", makeTimestamp, 1},
                                     {"number", makeNumber, 2},
                                     {"normal", makeNormal, 2},
                                     {"exponential", makeExponential, 1},
                                     {"boolean", makeBoolean, 1},
                                     {"category", makeCategory, kAnyNumber},
                                     {"text", makeText, 1},
                                     {"geoWalk", makeGeoWalk, 3}};

// Words between spaces; a quoted part ('in stock') may hold spaces.
Arguments splitWords(std::string_view text)
{
    Arguments words(1);
    bool quoted = false;
    for (const char c : text) {
        if (c == '\'') quoted = !quoted;
        if (c == ' ' && !quoted) {
            if (!words.back().empty()) words.emplace_back();
        } else {
            words.back().push_back(c);
        }
    }
    if (words.back().empty()) words.pop_back();
    return words;
}

} // namespace

Result<FieldPtr> makeField(std::string_view text, std::size_t maximumKeySize)
{
    Arguments words = splitWords(text);
    const std::string name = words.empty() ? std::string() : words.front();
    if (!words.empty()) words.erase(words.begin());
    if (name == "key" && words.empty())
        return field(Form::Text, maximumKeySize * kMaxEscaped,
                     [](char* at, const RecordFacts& facts, Random&) { return writeEscaped(at, facts.key); });
    for (const FieldName& known : kFieldNames) {
        if (known.name != name) continue;
        if (words.size() > known.mostArguments)
            return bad({"{{", name, "}} takes at most ", std::to_string(known.mostArguments), " argument(s)"});
        auto made = known.make(words);
        if (!made) return bad({"{{", name, "}} ", made.problem().message});
        return made;
    }
    std::string names = "key";
    for (const FieldName& known : kFieldNames)
        names.append(", ").append(known.name);
    return bad({"there is no field {{", name, "}}; the fields are ", names});
}

} // namespace streamwright::producers
