#include "launcher/operate/server_report.hpp"

#include <gmock/gmock.h>

namespace warp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

constexpr auto kStatus = R"({"group":"site","supervisor":7,"generation":3,"reload":"failed",
 "stopping":true,"error_log":"/srv/error_log","workers":[{"slot":1,"pid":12,"generation":3,
 "state":"ready","uptime":1.5,"requests_served":9,"rss":4096,"pss":null,"threads_busy":1,
 "threads":5,"in_flight":[{"id":18446744073709551615,"method":"GET","path":"/","age":2.5,
 "stage":"in the application"}]}],"restarts":{"crash":1,"reload":0}})";

TEST(ServerReport, ReadsAStatus) {
  const auto group = parse_group_report(kStatus);
  ASSERT_TRUE(group);
  EXPECT_EQ(group->name, "site");
  EXPECT_EQ(group->generation, 3U);
  EXPECT_EQ(group->reload, "failed");
  EXPECT_TRUE(group->is_stopping);
  EXPECT_THAT(group->restarts, ElementsAre(Pair("crash", 1), Pair("reload", 0)));
  ASSERT_EQ(group->workers.size(), 1U);
  EXPECT_EQ(group->workers[0].pid, 12U);
  EXPECT_EQ(group->workers[0].resident, 4096U);
  EXPECT_EQ(group->workers[0].proportional, std::nullopt);
  ASSERT_EQ(group->workers[0].in_flight.size(), 1U);
  EXPECT_EQ(group->workers[0].in_flight[0].id, 18446744073709551615U);
  EXPECT_EQ(group->workers[0].in_flight[0].age, 2.5);
}

TEST(ServerReport, TakesNothingForGranted) {
  const auto group = parse_group_report(
      R"({"group":[],"supervisor":-5,"generation":1e300,"workers":[7,{"pid":"x","served":null,
      "in_flight":{"id":1}}],"restarts":[1]})");
  ASSERT_TRUE(group);
  EXPECT_EQ(group->supervisor, 0U);
  EXPECT_EQ(group->generation, 9'007'199'254'740'992U);
  EXPECT_EQ(group->workers.size(), 2U);
  EXPECT_EQ(group->workers[1].pid, std::nullopt);
}

TEST(ServerReport, IsAnErrorWhenTheSupervisorSaysSo) {
  const auto group = parse_group_report(R"({"error":"not\u001b[2J you"})");
  ASSERT_FALSE(group);
  EXPECT_THAT(group.error().detail, HasSubstr("refuses: not\\x1b[2J you"));
  EXPECT_EQ(parse_reload_answer("").error().code, Errc::kProtocol);
  EXPECT_EQ(parse_stacks_answer("[1]").error().code, Errc::kProtocol);
}

TEST(ServerReport, ReadsTheOtherAnswers) {
  EXPECT_EQ(parse_reload_answer(R"({"accepted":true,"generation":4})").value(), 4U);
  const auto stacks = parse_stacks_answer(R"({"asked":[5,-6,"x",7],"error_log":null})");
  EXPECT_THAT(stacks->asked, ElementsAre(5, 7));
  EXPECT_EQ(stacks->error_log, "");
}

TEST(ServerReport, ListsDocumentsInAscii) {
  EXPECT_EQ(json_list("groups", {R"({"group":"ä"})", "{}"}),
            "{\"groups\":[{\"group\":\"\\u00e4\"},{}]}\n");
}

}  // namespace
}  // namespace warp
