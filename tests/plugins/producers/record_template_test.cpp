// SPDX-License-Identifier: GPL-3.0-or-later
#include "plugins/producers/record_template.h"

#include <rapidcheck/gtest.h>

#include <regex>

namespace streamwright::producers {
namespace {

constexpr std::size_t kKeySize = 40;

struct Rendered {
    explicit Rendered(const Json& value, std::uint64_t seed = 1) : random(seed)
    {
        auto made = RecordTemplate::compile(value, "/Template", kKeySize);
        if (made) compiled.emplace(std::move(*made));
    }
    std::string text(std::uint64_t number = 1, std::string_view key = "key-7", std::uint64_t keyNumber = 7)
    {
        std::string out(compiled->maximumSize() + 4, '#');
        const RecordFacts facts{number, Time(seconds(1'700'000'000) + Duration(123'456)), key, keyNumber};
        const auto size = static_cast<std::size_t>(compiled->write(out.data(), facts, random) - out.data());
        EXPECT_LE(size, compiled->maximumSize());
        EXPECT_EQ(out.substr(compiled->maximumSize()), "####");
        return out.substr(0, size);
    }
    Json json(std::uint64_t number = 1) { return *parseJson(text(number)); }

    Random random;
    std::optional<RecordTemplate> compiled;
};

Problem problemOf(const Json& value)
{
    const auto made = RecordTemplate::compile(value, "/Template", kKeySize);
    EXPECT_FALSE(made) << value.dump();
    return made ? Problem{} : made.problem();
}

TEST(RecordTemplate, WithoutFieldsItIsItsJson)
{
    const Json value = *parseJson(R"({"a": [1, 2.5, "x\"\u00fc", null, true, {}], "b": {"c": []}})");
    EXPECT_EQ(Rendered(value).text(), value.dump());
}

TEST(RecordTemplate, AFieldAloneKeepsItsType)
{
    const Json got = Rendered({{"n", "{{sequence}}"},
                               {"x", "{{number 1.00 2.00}}"},
                               {"b", "{{boolean 1}}"},
                               {"k", "{{key}}"},
                               {"t", "{{timestamp}}"},
                               {"s", "{{timestamp seconds}}"},
                               {"status", "{{category 200:1}}"}})
                         .json(42);
    EXPECT_EQ(got["n"], 42);
    EXPECT_TRUE(got["x"].is_number_float());
    EXPECT_EQ(got["b"], true);
    EXPECT_EQ(got["k"], "key-7");
    EXPECT_EQ(got["t"], "2023-11-14T22:13:20.123Z");
    EXPECT_EQ(got["s"], 1'700'000'000);
    EXPECT_EQ(got["status"], 200);
}

TEST(RecordTemplate, InALongerStringAFieldIsText)
{
    const Json got = Rendered({{"path", "/orders/{{sequence 1000}}/{{key}}"}, {"literal", "{{{{sequence}}"}}).json(5);
    EXPECT_EQ(got["path"], "/orders/1004/key-7");
    EXPECT_EQ(got["literal"], "{{sequence}}");
}

TEST(RecordTemplate, TimestampForms)
{
    const Json got = Rendered({{"ms", "{{timestamp milliseconds}}"},
                               {"us", "{{timestamp microseconds}}"},
                               {"iso", "at {{timestamp iso}}"}})
                         .json();
    EXPECT_EQ(got["ms"], 1'700'000'000'123);
    EXPECT_EQ(got["us"], 1'700'000'000'123'456);
    EXPECT_EQ(got["iso"], "at 2023-11-14T22:13:20.123Z");
}

TEST(RecordTemplate, AKeyThatNeedsEscapingIsEscaped)
{
    Rendered rendered(Json{{"k", "{{key}}"}});
    EXPECT_EQ((*parseJson(rendered.text(1, "a\"b\\\n")))["k"], "a\"b\\\n");
}

TEST(RecordTemplate, NumbersKeepTheirBoundsAndDecimals)
{
    Rendered rendered({{"die", "{{number 1 6}}"}, {"price", "{{number 0.50 9.99}}"}, {"below", "{{number -3 -1}}"}});
    std::map<int, int> dice;
    for (int i = 0; i < 6000; ++i) {
        const std::string text = rendered.text();
        ASSERT_TRUE(std::regex_match(text, std::regex(R"(\{"die":[1-6],"price":\d\.\d\d,"below":-[123]\})"))) << text;
        const Json got = *parseJson(text);
        ++dice[got["die"].get<int>()];
        ASSERT_GE(got["price"].get<double>(), 0.5);
    }
    for (const auto& [face, count] : dice)
        EXPECT_NEAR(count, 1000, 150) << face;
}

TEST(RecordTemplate, NormalAndExponentialHaveTheirMeans)
{
    Rendered rendered({{"n", "{{normal 20.00 2.5}}"}, {"e", "{{exponential 250}}"}});
    double normal = 0, square = 0, exponential = 0;
    for (int i = 0; i < 20'000; ++i) {
        const Json got = rendered.json();
        const double n = got["n"].get<double>();
        normal += n / 20'000;
        square += (n - 20) * (n - 20) / 20'000;
        exponential += got["e"].get<double>() / 20'000;
        ASSERT_TRUE(got["e"].is_number_integer());
    }
    EXPECT_NEAR(normal, 20, 0.1);
    EXPECT_NEAR(square, 6.25, 0.4);
    EXPECT_NEAR(exponential, 250, 8);
}

TEST(RecordTemplate, CategoriesFollowTheirWeights)
{
    Rendered rendered(Json{{"c", "{{category buy:1 'put back':3 \"quoted\"}}"}});
    std::map<std::string, int> histogram;
    for (int i = 0; i < 10'000; ++i)
        ++histogram[rendered.json()["c"].get<std::string>()];
    EXPECT_EQ(histogram.size(), 3u);
    EXPECT_NEAR(histogram["buy"], 2000, 200);
    EXPECT_NEAR(histogram["put back"], 6000, 300);
    EXPECT_NEAR(histogram["\"quoted\""], 2000, 200);
}

TEST(RecordTemplate, CategoryIsTypedOnlyWhenAllItsValuesAre)
{
    EXPECT_EQ(Rendered("{{category 404}}").text(), "404");
    EXPECT_EQ(Rendered("{{category true:1 false:0}}").text(), "true");
    EXPECT_EQ(Rendered("{{category '404'}}").text(), "\"404\"");
    EXPECT_EQ(Rendered("{{category 007:1 1:0}}").text(), "\"007\"");
    EXPECT_EQ(Rendered("{{category 1:1 a:0}}").text(), "\"1\"");
}

TEST(RecordTemplate, UuidsAreVersionFourAndDistinct)
{
    Rendered rendered("{{uuid}}");
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const std::string text = rendered.text();
        ASSERT_TRUE(std::regex_match(
            text, std::regex(R"("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")")))
            << text;
        ASSERT_TRUE(seen.insert(text).second);
    }
}

TEST(RecordTemplate, PeopleAndPagesUseDocumentationNames)
{
    const Json got =
        Rendered(
            {{"name", "{{name}}"}, {"url", "{{url}}"}, {"ip", "{{ip}}"}, {"ua", "{{userAgent}}"}, {"t", "{{text 30}}"}})
            .json();
    EXPECT_TRUE(std::regex_match(got["name"].get<std::string>(), std::regex("[A-Z][a-z]+ [A-Z][a-z]+")));
    EXPECT_TRUE(
        std::regex_match(got["url"].get<std::string>(), std::regex(R"(https://www\.example\.com/[a-z]+/[a-z]+-\d+)")));
    EXPECT_TRUE(
        std::regex_match(got["ip"].get<std::string>(), std::regex(R"((192\.0\.2|198\.51\.100|203\.0\.113)\.\d+)")));
    EXPECT_EQ(got["t"].get<std::string>().size(), 30u);
}

TEST(RecordTemplate, EveryKeyWalksItsOwnWayInSteps)
{
    Rendered rendered("{{geoWalk 52.52 13.40 100}}");
    double lat = 52.52, lon = 13.40;
    for (int i = 0; i < 50; ++i) {
        const Json got = *parseJson(rendered.text(1, "a", 1));
        (void)rendered.text(1, "b", 2);
        const double north = (got["lat"].get<double>() - lat) * 111'320;
        const double east = (got["lon"].get<double>() - lon) * 111'320 * 0.6085;
        ASSERT_NEAR(std::sqrt(north * north + east * east), 100, 1) << i;
        lat = got["lat"].get<double>();
        lon = got["lon"].get<double>();
    }
}

TEST(RecordTemplate, SameSeedSameBytes)
{
    const Json value = {{"a", "{{uuid}}"}, {"b", "{{normal 0.00 1}}"}, {"c", "{{name}} {{url}}"}};
    EXPECT_EQ(Rendered(value, 5).text(), Rendered(value, 5).text());
    EXPECT_NE(Rendered(value, 5).text(), Rendered(value, 6).text());
}

TEST(RecordTemplate, AProblemNamesThePointerAndTheRemedy)
{
    const Problem problem = problemOf({{"user", {{"tags", {"ok", "{{nmae}}"}}}}});
    EXPECT_EQ(problem.place, "/Template/user/tags/1");
    EXPECT_NE(problem.message.find("there is no field {{nmae}}; the fields are key, sequence"), std::string::npos);
    EXPECT_EQ(problemOf({{"a/b", "{{uuid"}}).place, "/Template/a~1b");
}

TEST(RecordTemplate, EveryFaultyFieldIsRefused)
{
    for (const char* text : {"{{}}",
                             "{{number}}",
                             "{{number 1}}",
                             "{{number 6 1}}",
                             "{{number a b}}",
                             "{{number 1 1e400}}",
                             "{{number nan inf}}",
                             "{{number 0 1.0123456789}}",
                             "{{normal 1 -1}}",
                             "{{exponential -1}}",
                             "{{boolean 2}}",
                             "{{category}}",
                             "{{category a:0}}",
                             "{{category a:x}}",
                             "{{category 'a}}",
                             "{{text 0}}",
                             "{{text 2000000}}",
                             "{{uuid 1}}",
                             "{{timestamp never}}",
                             "{{geoWalk 91 0 1}}",
                             "{{geoWalk 1 2}}",
                             "at {{geoWalk 1 2 3}}",
                             "{{sequence 1.5}}"}) {
        const Problem problem = problemOf(text);
        EXPECT_EQ(problem.place, "/Template") << text;
        EXPECT_GT(problem.message.size(), 20u) << text;
    }
}

RC_GTEST_PROP(RecordTemplate, AnyStringEitherCompilesToJsonOrIsRefused, (const std::string& random))
{
    const std::string text = *rc::gen::elementOf(std::vector<std::string>{"{{", "}}", "{{{{", "'", ":", " "}) + random +
                             *rc::gen::elementOf(std::vector<std::string>{"}}", "{{key}}", "{{category a:1 b}}", ""});
    Rendered rendered{Json(text)};
    if (rendered.compiled) RC_ASSERT(static_cast<bool>(parseJson(rendered.text())));
}

} // namespace
} // namespace streamwright::producers
