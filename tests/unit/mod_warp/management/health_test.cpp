#include "mod_warp/management/health.hpp"

#include <gmock/gmock.h>

namespace warp::management {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;

GroupFigures group_with(std::initializer_list<WorkerState> states) {
  GroupFigures group{.name = "site",
                     .threads = 2,
                     .queue_limit = 10,
                     .in_workers = 0,
                     .waiting = 0,
                     .was_ready = true,
                     .supervisor_lost_for = {},
                     .saturated_for = {},
                     .saturation_timeout = seconds(10),
                     .workers = {},
                     .worker_pids = {},
                     .totals = {},
                     .chronicle = {}};
  for (const WorkerState state : states)
    group.workers.push_back(
        {.slot = 0, .state = state, .generation = 1, .busy_threads = 0, .is_stuck = false});
  return group;
}

// The problem of the only group, empty for none.
std::string problem(Question question, const GroupFigures& group) {
  return check(question, {&group, 1}, Service::kOpen).back().problem;
}

TEST(Health, IsGoodWithAReadyWorker) {
  const GroupFigures group = group_with({WorkerState::kStarting, WorkerState::kReady});
  for (const Question question : {Question::kLive, Question::kReady, Question::kStarted})
    EXPECT_EQ(problem(question, group), "");
}

TEST(Health, IsNotReadyWithoutAWorkerThatCanServe) {
  EXPECT_EQ(problem(Question::kReady, group_with({WorkerState::kStarting})), "no worker is ready");
  EXPECT_EQ(problem(Question::kReady, group_with({})), "no worker is ready");
  EXPECT_THAT(problem(Question::kReady, group_with({WorkerState::kFailed})),
              HasSubstr("can't be imported"));
  EXPECT_THAT(problem(Question::kReady, group_with({WorkerState::kBackoff})), HasSubstr("crashed"));
}

TEST(Health, LivesWhileItIsNotReady) {
  EXPECT_EQ(problem(Question::kLive, group_with({WorkerState::kBackoff})), "");
  EXPECT_EQ(problem(Question::kLive, group_with({})), "");
}

TEST(Health, IsNotReadyWhenTheServerEnds) {
  const GroupFigures group = group_with({WorkerState::kReady});
  EXPECT_FALSE(are_passed(check(Question::kReady, {&group, 1}, Service::kEnding)));
  EXPECT_TRUE(are_passed(check(Question::kLive, {&group, 1}, Service::kEnding)));
  EXPECT_TRUE(are_passed(check(Question::kStarted, {&group, 1}, Service::kEnding)));
}

TEST(Health, IsNotReadyWhenSaturatedForTooLong) {
  GroupFigures group = group_with({WorkerState::kReady});
  group.saturated_for = seconds(9);
  EXPECT_EQ(problem(Question::kReady, group), "");
  group.saturated_for = seconds(10);
  EXPECT_EQ(problem(Question::kReady, group),
            "no thread has been free for 10 s (saturation-timeout)");
  group.saturation_timeout = seconds(0);
  EXPECT_EQ(problem(Question::kReady, group), "") << "zero is no limit";
}

TEST(Health, LivesForAWhileWithoutASupervisor) {
  GroupFigures group = group_with({WorkerState::kReady});
  group.supervisor_lost_for = seconds(30);
  EXPECT_EQ(problem(Question::kLive, group), "");
  group.supervisor_lost_for = seconds(31);
  EXPECT_EQ(problem(Question::kLive, group), "it has had no supervisor for 31 s");
}

TEST(Health, DoesNotLiveWhenAllServingWorkersAreStuck) {
  GroupFigures group =
      group_with({WorkerState::kReady, WorkerState::kReady, WorkerState::kStarting});
  group.workers[0].is_stuck = true;
  EXPECT_EQ(problem(Question::kLive, group), "");
  group.workers[1].is_stuck = true;
  EXPECT_THAT(problem(Question::kLive, group), HasSubstr("stuck"));
}

TEST(Health, HasStartedOnceItWasReady) {
  GroupFigures group = group_with({WorkerState::kBackoff});
  EXPECT_EQ(problem(Question::kStarted, group), "");
  group.was_ready = false;
  EXPECT_THAT(problem(Question::kStarted, group), HasSubstr("crashed"));
}

TEST(Health, TellsProblemsAndWhenAskedAll) {
  const std::vector<Check> checks = {{.name = "a", .problem = ""}, {.name = "b", .problem = "no"}};
  EXPECT_EQ(health_page(checks, Detail::kProblems), "[-] b: no\nfailed\n");
  EXPECT_EQ(health_page(checks, Detail::kAll), "[+] a: ok\n[-] b: no\nfailed\n");
  EXPECT_EQ(health_page({checks.data(), 1}, Detail::kProblems), "ok\n");
}

}  // namespace
}  // namespace warp::management
