// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/quantity.h"

#include <gtest/gtest.h>

namespace streamwright {
namespace {

Field with(const char* unit, Field::Type type = Field::Type::Integer)
{
    Field field;
    field.type = type;
    field.unit = unit;
    return field;
}

Field share()
{
    Field field = with("", Field::Type::Number);
    field.minimum = 0;
    field.maximum = 1;
    return field;
}

std::string parsed(const Field& field, const char* text)
{
    const auto value = parseQuantity(field, text);
    return value ? value->dump() : value.problem().message;
}

TEST(Quantity, ReadsDurationsInTheUnitOfTheField)
{
    EXPECT_EQ(parsed(with("Seconds"), "90s"), "90");
    EXPECT_EQ(parsed(with("Seconds"), "1h30m"), "5400");
    EXPECT_EQ(parsed(with("Seconds"), "1 h 30 min"), "5400");
    EXPECT_EQ(parsed(with("Hours"), "7 d"), "168");
    EXPECT_EQ(parsed(with("Milliseconds"), "2.5 s"), "2500");
    EXPECT_EQ(parsed(with("Seconds"), "250ms"), "0.25");
    EXPECT_EQ(parsed(with("Seconds"), "90"), "90");
}

TEST(Quantity, ReadsSizesCountsAndShares)
{
    EXPECT_EQ(parsed(with("Bytes"), "5 MiB"), "5242880");
    EXPECT_EQ(parsed(with("Bytes"), "1,048,576"), "1048576");
    EXPECT_EQ(parsed(with("MiB"), "2 GiB"), "2048");
    EXPECT_EQ(parsed(with("Count/Second"), "1.5k"), "1500");
    EXPECT_EQ(parsed(with("Count/Second"), "2M/s"), "2000000");
    EXPECT_EQ(parsed(with("Count/Second", Field::Type::Number), "0.1"), "0.1");
    EXPECT_EQ(parsed(share(), "12.5%"), "0.125");
}

TEST(Quantity, SaysWhatIsNoNumber)
{
    EXPECT_EQ(parsed(with("Seconds"), "soon"), "\"soon\" is not a number, for example 90s or 1h30m");
    EXPECT_EQ(parsed(with("Count"), "12 monkeys"), "\"12 monkeys\" is not a number");
    EXPECT_EQ(parsed(with("Count"), "1 2"), "12") << "spaces may part thousands";
    EXPECT_EQ(parsed(with("Count"), ""), "\"\" is not a number");
    EXPECT_EQ(parsed(with("Bytes"), "5 h"), "\"5 h\" is not a number, for example 5 MiB");
    EXPECT_EQ(parsed(with("Count"), "inf"), "\"inf\" is not a number");
}

TEST(Quantity, WritesThousandsApart)
{
    EXPECT_EQ(numberText(0), "0");
    EXPECT_EQ(numberText(1500), "1,500");
    EXPECT_EQ(numberText(-1048576), "-1,048,576");
    EXPECT_EQ(numberText(0.000001), "0.000001");
    EXPECT_EQ(numberText(1234.5), "1,234.5");
    EXPECT_EQ(numberText(1e15), "1,000,000,000,000,000");
}

TEST(Quantity, SaysTheSameInALargerUnit)
{
    EXPECT_EQ(inOtherUnit(with("Seconds"), 345600), "4 d");
    EXPECT_EQ(inOtherUnit(with("Seconds"), 5400), "1 h 30 min");
    EXPECT_EQ(inOtherUnit(with("Seconds"), 30), "");
    EXPECT_EQ(inOtherUnit(with("Hours"), 36), "1 d 12 h");
    EXPECT_EQ(inOtherUnit(with("Milliseconds"), 2500), "2.5 s");
    EXPECT_EQ(inOtherUnit(with("Bytes"), 5242880), "5 MiB");
    EXPECT_EQ(inOtherUnit(with("MiB"), 128), "");
    EXPECT_EQ(inOtherUnit(share(), 0.125), "12.5 %");
    EXPECT_EQ(inOtherUnit(with("Count"), 5000), "");
}

} // namespace
} // namespace streamwright
