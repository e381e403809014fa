// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/deaggregation.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/aggregate_writer.h"

namespace streamwright {
namespace {

using namespace test;

std::optional<Users> usersOf(std::string_view data)
{
    const auto records = deaggregate(data);
    if (!records) return std::nullopt;
    Users users;
    for (const UserRecord& record : *records)
        users.emplace_back(record.key, record.data);
    return users;
}

std::string fromHex(std::string_view hex)
{
    std::string bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2)
        bytes.push_back(static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
    return bytes;
}

// What aws-kinesis-agg makes (npm 4.2.8 and, byte for byte the same, PyPI 1.2.3) of alpha "one", beta "two" with the
// explicit hash key 2^128 - 1, and alpha "".
const std::string kMadeByAnother = fromHex(
    "f3899ac20a05616c7068610a046265746112273334303238323336363932303933383436333436333337343630373433313736383231"
    "313435351a0708001a036f6e651a09080110001a0374776f1a0408001a00b860eb45131faaae505d2ad9e20764cb");
const Users kItsUsers = {{"alpha", "one"}, {"beta", "two"}, {"alpha", ""}};

TEST(Deaggregation, WhatAnotherLibraryPackedIsTakenApart) { EXPECT_EQ(usersOf(kMadeByAnother), kItsUsers); }

RC_GTEST_PROP(Deaggregation, WhatWasPackedComesBack, (const Users& users))
{
    RC_PRE(!users.empty());
    RC_ASSERT(usersOf(aggregateOf(users)) == users);
}

TEST(Deaggregation, DamagedItIsAPlainRecord)
{
    for (std::size_t i = 0; i < kMadeByAnother.size(); ++i) {
        std::string changed = kMadeByAnother;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        EXPECT_EQ(usersOf(changed), std::nullopt) << i;
        EXPECT_EQ(usersOf(kMadeByAnother.substr(0, i)), std::nullopt) << i;
    }
    EXPECT_EQ(usersOf(kMadeByAnother + "x"), std::nullopt);
    EXPECT_EQ(usersOf("plain"), std::nullopt);
    EXPECT_EQ(usersOf(sealed("")), std::nullopt);
}

TEST(Deaggregation, WhatIsNoSuchMessageIsAPlainRecord)
{
    const std::string key = bytesField(1, "k");
    ASSERT_EQ(usersOf(sealed(key + packed(0, "a"))), (Users{{"k", "a"}}));
    EXPECT_EQ(usersOf(sealed(key + packed(1, "a"))), std::nullopt) << "no such key";
    EXPECT_EQ(usersOf(sealed(key + packed(~std::uint64_t(0), "a"))), std::nullopt);
    EXPECT_EQ(usersOf(sealed(key + packed(0, "a", 0))), std::nullopt) << "no such explicit hash key";
    EXPECT_EQ(usersOf(sealed(key + bytesField(3, bytesField(3, "a")))), std::nullopt) << "a record without key";
    EXPECT_EQ(usersOf(sealed(key + bytesField(3, numberField(1, 0)))), std::nullopt) << "a record without data";
    EXPECT_EQ(usersOf(sealed(key + bytesField(3, numberField(1, 0) + varint(3 << 3 | 2) + varint(9) + "a"))),
              std::nullopt)
        << "data beyond its record";
    EXPECT_EQ(usersOf(sealed(key + varint(3 << 3 | 2) + varint(1'000'000) + "a")), std::nullopt) << "a size too large";
    EXPECT_EQ(usersOf(sealed(key + std::string(11, '\xff'))), std::nullopt) << "an endless number";
    EXPECT_EQ(usersOf(sealed(key + varint(0 << 3 | 2) + varint(0))), std::nullopt) << "a field of number 0";
    EXPECT_EQ(usersOf(sealed(key + varint(4 << 3 | 3))), std::nullopt) << "a group";
}

TEST(Deaggregation, FieldsOfLaterVersionsArePassedOver)
{
    const std::string later = bytesField(9, "later") + numberField(10, 1u << 31) + varint(11 << 3 | 1) +
                              std::string(8, 'x') + varint(12 << 3 | 5) + std::string(4, 'x');
    const std::string tag = bytesField(4, bytesField(1, "name") + bytesField(2, "value"));
    const std::string record = bytesField(3, later + numberField(1, 0) + bytesField(3, "a") + tag + later);
    EXPECT_EQ(usersOf(sealed(later + record + later + bytesField(1, "k"))), (Users{{"k", "a"}}));
}

TEST(Deaggregation, ABatchKeepsItsOrderAndUserRecordsTheirTime)
{
    BatchBuilder builder;
    const Time at = Time(seconds(5));
    builder.copy({"p", "plain", "extra", at, 7});
    builder.copy({"a", aggregateOf({{"k1", "one"}, {"k2", "two"}}), "extra", at + seconds(1), 8});
    builder.copy({"q", "\xF3\x89\x9A\xC2 but not really an aggregate", {}, at + seconds(2), 9});
    const RecordBatchPtr users = userRecords(builder.build());
    ASSERT_EQ(users->size(), 4u);
    EXPECT_EQ((*users)[0].data, "plain");
    EXPECT_EQ((*users)[0].extra, "extra");
    EXPECT_EQ((*users)[1].key, "k1");
    EXPECT_EQ((*users)[1].data, "one");
    EXPECT_EQ((*users)[2].key, "k2");
    for (const std::size_t i : {1, 2}) {
        EXPECT_EQ((*users)[i].time, at + seconds(1));
        EXPECT_EQ((*users)[i].sequence, 8u);
    }
    EXPECT_EQ((*users)[3].key, "q");
}

TEST(Deaggregation, ABatchWithoutAggregatesStaysAsItIs)
{
    BatchBuilder builder;
    builder.copy({"p", "plain", {}, {}, 1});
    const RecordBatchPtr batch = builder.build();
    EXPECT_EQ(userRecords(batch), batch);
}

} // namespace
} // namespace streamwright
