// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/api/some_shapes.h"

namespace streamwright::api {
namespace {

// The answer to a body: "" when it is good, else "Code: message".
std::string answer(std::string body)
{
    Document document;
    const Result<void> decoded = decodeJson(body, document);
    if (!decoded) return "no JSON: " + decoded.problem().message;
    const std::optional<ApiError> error = validate(document, putInput(), Wire::Json);
    return error ? error->code + ": " + error->message : "";
}

// With a good name beside the members.
std::string answerTo(const std::string& members) { return answer(R"({"StreamName":"s",)" + members + "}"); }

std::string broken(const std::string& value, const std::string& path, const std::string& demand)
{
    return "ValidationException: 1 validation error detected: Value " + value + " at '" + path +
           "' failed to satisfy constraint: " + demand;
}

TEST(Validate, TakesAGoodRequestAndIgnoresUnknownMembersAndNulls)
{
    EXPECT_EQ(answer(R"({"StreamName":"clicks","Mode":"ON","Limit":100,"Other":{"x":[1,{}]},"Count":null,"Tags":{}})"),
              "");
}

TEST(Validate, MissingMember)
{
    EXPECT_EQ(answer("{}"), broken("null", "streamName", "Member must not be null"));
    EXPECT_EQ(answer(R"({"StreamName":null})"), broken("null", "streamName", "Member must not be null"));
    EXPECT_EQ(answerTo(R"("Records":[{"Data":"","PartitionKey":"k"},{"Data":""}])"),
              broken("null", "records.2.member.partitionKey", "Member must not be null"));
}

TEST(Validate, LengthPatternAndEnumeration)
{
    EXPECT_EQ(answer(R"({"StreamName":"123456789"})"),
              broken("'123456789'", "streamName", "Member must have length less than or equal to 8"));
    EXPECT_EQ(answer(R"({"StreamName":"a b"})"),
              broken("'a b'", "streamName", "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"));
    EXPECT_EQ(answerTo(R"("Mode":"on")"), broken("'on'", "mode", "Member must satisfy enum value set: [ON, OFF]"));
}

TEST(Validate, SeveralAreListedPatternBeforeLength)
{
    EXPECT_EQ(answer(R"({"StreamName":"","Limit":0})"), "ValidationException: 3 validation errors detected: Value '' "
                                                        "at 'streamName' failed to satisfy constraint: Member "
                                                        "must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; "
                                                        "Value '' at 'streamName' failed to satisfy constraint: "
                                                        "Member must have length greater than or equal to 1; Value '0' "
                                                        "at 'limit' failed to satisfy constraint: Member must "
                                                        "have value greater than or equal to 1");
}

TEST(Validate, AtMostTenAreListed)
{
    std::string records;
    for (int i = 0; i < 30; ++i)
        records += R"({"PartitionKey":"k"},)";
    const std::string text = answerTo("\"Records\":[" + records + "{}]");
    EXPECT_TRUE(text.starts_with("ValidationException: 10 validation errors detected: ")) << text;
}

TEST(Validate, Ranges)
{
    EXPECT_EQ(answerTo(R"("Limit":101)"), broken("'101'", "limit", "Member must have value less than or equal to 100"));
    EXPECT_EQ(answerTo(R"("Limit":-5)"), broken("'-5'", "limit", "Member must have value greater than or equal to 1"));
    EXPECT_EQ(answerTo(R"("Limit":7.9)"), ""); // cut to 7
}

TEST(Validate, CharactersCountNotBytes)
{
    EXPECT_EQ(answerTo(R"("Tags":{"éééé":"v"})"), "");
    EXPECT_NE(answerTo(R"("Tags":{"ééééé":"v"})"), "");
}

TEST(Validate, BlobsCountTheirBytes)
{
    EXPECT_EQ(answerTo(R"("Data":"Zm9vYmFy")"), "");
    EXPECT_EQ(answerTo(R"("Data":"Zm9vYmFyIQ==")"), broken("'java.nio.HeapByteBuffer[pos=0 lim=7 cap=7]'", "data",
                                                           "Member must have length less than or equal to 6"));
}

TEST(Validate, Lists)
{
    EXPECT_EQ(answerTo(R"("Records":[])"),
              broken("'[]'", "records", "Member must have length greater than or equal to 1"));
    const std::string record = R"({"Data":"","PartitionKey":"k"})";
    EXPECT_EQ(
        answerTo("\"Records\":[" + record + "," + record + "," + record + "," + record + "]"),
        broken("'[Record, Record, Record, Record]'", "records", "Member must have length less than or equal to 3"));
    EXPECT_EQ(answerTo("\"Records\":[" + record + R"(,{"Data":"","PartitionKey":"12345"}])"),
              broken("'12345'", "records.2.member.partitionKey", "Member must have length less than or equal to 4"));
    EXPECT_EQ(answerTo("\"Records\":[null]"), broken("null", "records.1.member", "Member must not be null"));
    EXPECT_EQ(
        answerTo(R"("Names":["ok","not ok"])"),
        broken(
            "'[ok, not ok]'", "names",
            "Member must satisfy constraint: [Member must have length less than or equal to 8, Member must have length "
            "greater than or equal to 1, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]"));
    EXPECT_TRUE(answerTo(R"("Nested":[["ok"],["ok","not ok"]])").find("'[ok, not ok]' at 'nested.2.member'") !=
                std::string::npos);
}

TEST(Validate, Maps)
{
    EXPECT_EQ(answerTo(R"("Tags":{"12345":"v"})"), broken("'{12345=v}'", "tags",
                                                          "Map keys must satisfy constraint: [Member must have length "
                                                          "less than or equal to 4, Member must have length "
                                                          "greater than or equal to 1]"));
    EXPECT_EQ(
        answerTo(R"("Tags":{"k":""})"),
        broken("'{k=}'", "tags",
               "Map value must satisfy constraint: [Member must have length less than or equal to 8, Member must have "
               "length greater than or equal to 1, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]"));
    EXPECT_EQ(answerTo(R"("Tags":{"a":"v","b":"v","c":"v"})"),
              broken("'{a=v, b=v, c=v}'", "tags", "Member must have length less than or equal to 2"));
}

TEST(Validate, WrongTypesAreNamedAsTheServicesNameThem)
{
    const std::string code = "SerializationException: ";
    EXPECT_EQ(answerTo(R"("Mode":5)"), code + "class java.math.BigDecimal can not be converted to an String");
    EXPECT_EQ(answerTo(R"("Mode":true)"), code + "class java.lang.Boolean can not be converted to an String");
    EXPECT_EQ(answerTo(R"("Limit":"5")"), code + "class java.lang.String can not be converted to an Integer");
    EXPECT_EQ(answerTo(R"("Count":"5")"), code + "class java.lang.String can not be converted to an Long");
    EXPECT_EQ(answerTo(R"("Limit":[])"), code + "Start of list found where not expected");
    EXPECT_EQ(answerTo(R"("Limit":{})"), code + "Start of structure or map found where not expected.");
    EXPECT_EQ(answerTo(R"("Dry":1)"), code + "class java.math.BigDecimal can not be converted to an Boolean");
    EXPECT_EQ(answerTo(R"("Data":1)"), code + "class java.math.BigDecimal can not be converted to a Blob");
    EXPECT_EQ(answerTo(R"("Records":{})"), code + "Start of structure or map found where not expected.");
    EXPECT_EQ(answerTo(R"("Records":"x")"), code + "Expected list or null");
    EXPECT_EQ(answerTo(R"("Records":["x"])"), code + "Expected null");
    EXPECT_EQ(answerTo(R"("Tags":[])"), code + "Start of list found where not expected");
    EXPECT_EQ(answerTo(R"("Tags":1)"), code + "Expected map or null");
    EXPECT_EQ(answer("[]"), code + "Start of list found where not expected");
}

TEST(Validate, AWrongTypeCountsBeforeBrokenConstraints)
{
    EXPECT_TRUE(answer(R"({"StreamName":"","Limit":"x"})").starts_with("SerializationException"));
}

TEST(Validate, BadBase64IsShownAsItWasSent)
{
    const std::string code = "SerializationException: ";
    EXPECT_EQ(answerTo(R"("Data":"23456")"), code + "'23456' can not be converted to a Blob: Base64 encoded length is "
                                                    "expected a multiple of 4 bytes but found: 5");
    EXPECT_EQ(answerTo(R"("Data":"=+/=")"),
              code + "'=+/=' can not be converted to a Blob: Invalid Base64 character: '='");
    EXPECT_EQ(answerTo(R"("Data":"+/+=")"),
              code + "'+/+=' can not be converted to a Blob: Invalid last non-pad Base64 character dectected");
    const std::string begin(400, 'Q');
    EXPECT_EQ(answerTo("\"Data\":\"" + begin + "AB!D\""),
              code + "'" + begin + "AB!D' can not be converted to a Blob: Invalid Base64 character: '!'");
    const std::string text = answerTo("\"Data\":\"" + std::string(1'000'000, 'Q') + "A!CD\"");
    EXPECT_LT(text.size(), 1500u); // cut
    EXPECT_NE(text.find("QQQ...' can not be converted"), std::string::npos);
}

TEST(Validate, NumbersThatDoNotFit)
{
    EXPECT_TRUE(answerTo(R"("Limit":2147483648)").starts_with("SerializationException"));
    EXPECT_TRUE(answerTo(R"("Count":9223372036854775808)").starts_with("SerializationException"));
    EXPECT_TRUE(answerTo(R"("Count":1e300)").starts_with("SerializationException"));
    EXPECT_TRUE(answerTo(R"("Since":1e300)").starts_with("SerializationException"));
    EXPECT_EQ(answerTo(R"("Count":-9223372036854775808)"), "");
}

TEST(Validate, GivesValuesTheirTypesInPlace)
{
    std::string body = R"({"StreamName":"s","Data":"Zm9v","Since":1700000000.123,"Share":2,"Limit":3.0,"Dry":true})";
    Document document;
    ASSERT_TRUE(decodeJson(body, document));
    ASSERT_FALSE(validate(document, putInput(), Wire::Json));
    EXPECT_TRUE(document.root.find("Data")->is(Value::Type::Blob));
    EXPECT_EQ(document.root.string("Data"), "foo");
    EXPECT_EQ(document.root.find("Since")->time(), Time(std::chrono::seconds(1'700'000'000) + milliseconds(123)));
    EXPECT_TRUE(document.root.find("Share")->is(Value::Type::Real));
    EXPECT_EQ(document.root.integer("Limit"), 3);
    EXPECT_TRUE(document.root.boolean("Dry"));
}

TEST(Validate, TheLastOfDuplicateKeysCounts)
{
    std::string body = R"({"StreamName":"a","Tags":{"k":"1","j":"2","k":"3"},"StreamName":"b"})";
    Document document;
    ASSERT_TRUE(decodeJson(body, document));
    ASSERT_FALSE(validate(document, putInput(), Wire::Json));
    EXPECT_EQ(document.root.string("StreamName"), "b");
    EXPECT_EQ(document.root.find("Tags")->members().size(), 2u);
    EXPECT_EQ(document.root.find("Tags")->string("k"), "3");
}

TEST(Validate, AServiceMayNameTheFirstMissingParameterAlone)
{
    const ShapeTable table(
        R"json({"faults": {"missing": "MissingRequiredParameterException", "missingQuery": "MissingParameter"},
        "actions": {"Send": {"input": "In"}},
        "shapes": {"In": {"type": "structure", "fields": {"Body": "S", "Entries": {"shape": "L", "query": "Entry", "flattened": true}},
                          "required": ["Body"]},
                   "L": {"type": "list", "element": "E", "elementName": "Entry"},
                   "E": {"type": "structure", "fields": {"Id": "S"}, "required": ["Id"]}, "S": {"type": "string"}}})json");
    const auto errorOf = [&](std::string body) {
        Document document;
        EXPECT_TRUE(decodeJson(body, document));
        return validate(document, *table.find("Send")->input, Wire::Json);
    };
    for (const char* body : {"{}", R"({"Body":""})"}) { // an empty text is none
        const std::optional<ApiError> error = errorOf(body);
        ASSERT_TRUE(error);
        EXPECT_EQ(error->code, "MissingRequiredParameterException");
        EXPECT_EQ(error->queryCode, "MissingParameter");
        EXPECT_EQ(error->message, "The request must contain the parameter Body.");
    }
    EXPECT_EQ(errorOf(R"({"Body":"b","Entries":[{"Id":"1"},{}]})")->message,
              "The request must contain the parameter Entry.2.Id.");
}

} // namespace
} // namespace streamwright::api
