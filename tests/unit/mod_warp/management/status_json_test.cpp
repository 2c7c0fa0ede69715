#include "mod_warp/management/status_json.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "mod_warp/management/json_text.hpp"
#include "unit/mod_warp/management/status_fixture.hpp"

namespace warp::management {
namespace {

using Json = nlohmann::json;

Json group_of(const Group& group) {
  return Json::parse(status_json(server_with(group)))["groups"][0];
}

TEST(JsonText, WritesValuesOfAllKinds) {
  JsonText json;
  json.begin_object();
  json.text("text", "a\"\\\n\xc3<");
  json.number("number", UINT64_MAX);
  json.seconds("whole", std::chrono::seconds(2));
  json.seconds("part", std::chrono::microseconds(1'050'001));
  json.flag("flag", true);
  json.null("null");
  json.begin_array("list");
  json.number({}, 1);
  json.number({}, 2);
  json.end_array();
  json.end_object();
  EXPECT_EQ(std::move(json).finish(),
            R"({"text":"a\u0022\u005c\u000a\u00c3<","number":9007199254740991,"whole":2,)"
            R"("part":1.050001,"flag":true,"null":null,"list":[1,2]})"
            "\n");
}

TEST(StatusJson, TellsOfTheServer) {
  const Group group;
  const Json status = Json::parse(status_json(server_with(group)));
  EXPECT_EQ(status["time"], 1'764'190'000);
  EXPECT_EQ(status["host"], "example.org");
  EXPECT_EQ(status["server"], "Apache/2.4");
  EXPECT_EQ(status["ending"], false);
  EXPECT_EQ(status["bucket_ends"].size(), core::kBucketEnds.size());
  EXPECT_EQ(status["bucket_ends"][1], 0.0025);
}

TEST(StatusJson, TellsOfAGroupsHealthAndLoad) {
  const Group group;
  Json told = group_of(group);
  EXPECT_EQ(told["group"], "site");
  EXPECT_EQ(told["live"], true);
  EXPECT_EQ(told["ready"], false);
  EXPECT_EQ(told["problem"], "no worker is ready");
  serve(group, "/");
  group.give(0, kThreads + 1);
  told = group_of(group);
  EXPECT_EQ(told["ready"], true);
  EXPECT_EQ(told["problem"], nullptr);
  EXPECT_EQ(told["generation"], 3);
  EXPECT_EQ(told["threads"], kThreads);
  EXPECT_EQ(told["threads_busy"], kThreads);
  EXPECT_EQ(told["queue_length"], 1);
  EXPECT_EQ(told["queue_limit"], 3);
}

TEST(StatusJson, TellsOfWorkersAndTheirRequests) {
  const Group group;
  serve(group, "/report");
  const Json told = group_of(group);
  ASSERT_EQ(told["workers"].size(), 1U);
  const Json& worker = told["workers"][0];
  EXPECT_EQ(worker["slot"], 0);
  EXPECT_EQ(worker["pid"], 4711);
  EXPECT_EQ(worker["generation"], 3);
  EXPECT_EQ(worker["state"], "ready");
  EXPECT_EQ(worker["in_state_for"], 200);
  EXPECT_EQ(worker["requests_served"], 12'345);
  EXPECT_EQ(worker["threads_busy"], 1);
  EXPECT_EQ(worker["threads"], kThreads);
  ASSERT_EQ(told["in_flight"].size(), 1U);
  const Json& request = told["in_flight"][0];
  EXPECT_EQ(request["thread"], 1);
  EXPECT_EQ(request["id"], "77");
  EXPECT_EQ(request["method"], "GET");
  EXPECT_EQ(request["path"], "/report");
  EXPECT_EQ(request["stage"], "in the application");
  EXPECT_GE(request["age"], 2.5);
  EXPECT_EQ(told["more_in_flight"], 0);
}

TEST(StatusJson, TellsOfDeathsAndSlowRequests) {
  const Group group;
  lose_worker(group, "/lost");
  finish_slowly(group, "/slow");
  const Json told = group_of(group);
  const Json& dead = told["deaths"].at(0);
  EXPECT_EQ(dead["time"], 1'764'189'940);
  EXPECT_EQ(dead["pid"], 4710);
  EXPECT_EQ(dead["how"], "SIGSEGV");
  EXPECT_EQ(dead["cause"], "because");
  EXPECT_EQ(dead["uptime"], 90);
  EXPECT_EQ(dead["requests_lost"], 1);
  EXPECT_EQ(dead["lost"].at(0)["path"], "/lost");
  EXPECT_EQ(dead["last_words"], "Fatal Python error\n  File \"<x>\"\n");
  const Json& slow = told["slowest"].at(0);
  EXPECT_EQ(slow["total"], 1.5);
  EXPECT_EQ(slow["queue"], 0.2);
  EXPECT_EQ(slow["application"], 1.25);
  EXPECT_EQ(slow["ended"], 1'764'189'995);
  EXPECT_EQ(slow["status"], 404);
  EXPECT_EQ(slow["slot"], 2);
  EXPECT_EQ(slow["path"], "/slow");
  EXPECT_EQ(slow["id"], "abc-1");
}

TEST(StatusJson, TellsWhatHttpdHasCounted) {
  const Group group;
  group.tally.count(FinishedRequest{.method = core::MethodClass::kGet,
                                    .status = core::StatusClass::k5xx,
                                    .response_bytes = 7,
                                    .total = std::chrono::milliseconds(2),
                                    .queue = {},
                                    .application = {}});
  group.tally.count(core::TallyEvent::kPoison);
  group.chronicle.count({.nanoseconds = 1'250'000'000, .takings = 2});
  const Json counters = group_of(group)["counters"];
  EXPECT_EQ(counters["requests"]["5xx"], 1);
  EXPECT_EQ(counters["requests"]["2xx"], 0);
  EXPECT_EQ(counters["refused"], 1);
  EXPECT_EQ(counters["response_body_bytes"], 7);
  EXPECT_EQ(counters["total"]["counts"].size(), core::kBucketEnds.size() + 1);
  EXPECT_EQ(counters["total"]["counts"][1], 1);
  EXPECT_EQ(counters["total"]["sum"], 0.002);
  EXPECT_EQ(counters["gil_wait"], 1.25);
  EXPECT_EQ(counters["gil_acquisitions"], 2);
}

}  // namespace
}  // namespace warp::management
