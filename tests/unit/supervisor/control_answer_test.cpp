#include "supervisor/control_answer.hpp"

#include <gmock/gmock.h>

#include "fake_group.hpp"

namespace warp::supervisor {
namespace {

using scoreboard::Stage;
using testing::EndsWith;
using testing::HasSubstr;
using namespace std::chrono_literals;

class ControlAnswer : public testing::Test {
 protected:
  std::string ask(std::string_view request) { return answer_request(request, group_); }
  FakeGroup group_;
};

TEST_F(ControlAnswer, TellsTheGroupsStatusInOneLine) {
  group_.shown.error_log = "/srv/error_log";
  group_.shown.facts.restarts.count(RestartReason::kMemoryLimit);
  const std::string answer = ask("status");
  EXPECT_THAT(answer, HasSubstr(R"("group":"site","supervisor":7,"generation":1,"reload":"none")"));
  EXPECT_THAT(answer, HasSubstr(R"("error_log":"/srv/error_log")"));
  EXPECT_THAT(answer, HasSubstr(R"("memory-limit":1)"));
  EXPECT_THAT(answer, HasSubstr(R"("failed-import":0)"));
  EXPECT_EQ(answer.find('\n'), answer.size() - 1);
}

TEST_F(ControlAnswer, TellsEachWorkerAndItsRequestsTheOldestFirst) {
  group_.shown.workers = {{.slot = 1,
                           .pid = 12,
                           .generation = 3,
                           .state = "ready",
                           .uptime = 1500ms,
                           .served = 9,
                           .memory = {.resident = 4096, .proportional = {}},
                           .busy = {{.request_id = 5, .method = "GET", .path = "/young", .age = 1s},
                                    {.thread = 1,
                                     .request_id = 6,
                                     .method = "POST",
                                     .path = "/old",
                                     .stage = Stage::kResponse,
                                     .age = 2s}}}};
  EXPECT_THAT(ask("status"),
              HasSubstr(R"("workers":[{"slot":1,"pid":12,"generation":3,"state":"ready",)"
                        R"("uptime":1.5,"requests_served":9,"rss":4096,"pss":null,)"
                        R"("threads_busy":2,"threads":5,"in_flight":[)"
                        R"({"id":6,"method":"POST","path":"/old","age":2.0,)"
                        R"("stage":"sending the response"},{"id":5,"method":"GET",)"));
}

TEST_F(ControlAnswer, HasNullForASlotWithoutWorkerAndALogThatIsNoFile) {
  group_.shown.workers = {{.state = "backoff"}};
  const std::string answer = ask("status");
  EXPECT_THAT(answer, HasSubstr(R"("pid":null)"));
  EXPECT_THAT(answer, HasSubstr(R"("error_log":null)"));
}

TEST_F(ControlAnswer, EscapesWhatIsNoText) {
  group_.shown.name = "a\"b\xff";
  EXPECT_THAT(ask("status"), HasSubstr("\"group\":\"a\\\"b\xef\xbf\xbd\""));
}

TEST_F(ControlAnswer, AcceptsAReloadWithItsGeneration) {
  EXPECT_EQ(ask("reload"), "{\"accepted\":true,\"generation\":2}\n");
}

TEST_F(ControlAnswer, RefusesAReloadWhileTheGroupStops) {
  group_.shown.facts.is_stopping = true;
  EXPECT_EQ(ask("reload"), "{\"error\":\"the group stops\"}\n");
}

TEST_F(ControlAnswer, NamesTheWorkersThatWriteTheirStacks) {
  group_.asked = {12, 13};
  EXPECT_THAT(ask("stacks"), HasSubstr("\"asked\":[12,13]"));
}

TEST_F(ControlAnswer, NamesTheRequestsThatThereAre) {
  EXPECT_THAT(ask("evil\x1b[2J"), HasSubstr(R"({"error":"unknown request 'evil\\x1b[2J')"));
  EXPECT_THAT(ask(""), EndsWith("there are: status, reload, stacks\"}\n"));
}

}  // namespace
}  // namespace warp::supervisor
