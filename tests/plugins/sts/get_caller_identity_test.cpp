// SPDX-License-Identifier: GPL-3.0-or-later
// GetCallerIdentity over JSON and the query protocol.
#include "plugins/sts/api/actions.h"
#include "tests/support/api_caller.h"
#include "tests/support/engine_test_host.h"
#include "tests/support/pipeline_run.h"

namespace streamwright::sts {
namespace {

TEST(GetCallerIdentity, TellsTheAccount)
{
    const Registry registry;
    const auto engine = test::openPipeline(R"({"streamwright": 1, "name": "t", "nodes": [], "edges": []})", registry);
    test::EngineTestHost host(*engine);
    test::ApiCaller caller(service(), host);
    const test::Reply json = caller.call("GetCallerIdentity", Json::object());
    EXPECT_EQ(json.body, Json::parse(R"({"UserId": "000000000000", "Account": "000000000000",
                                         "Arn": "arn:aws:iam::000000000000:root"})"));
    const test::Reply xml = caller.query("GetCallerIdentity", "Action=GetCallerIdentity&Version=2011-06-15");
    EXPECT_EQ(xml.text, "<UserId>000000000000</UserId><Account>000000000000</Account>"
                        "<Arn>arn:aws:iam::000000000000:root</Arn>");
}

} // namespace
} // namespace streamwright::sts
