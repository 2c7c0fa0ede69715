#include "supervisor/group.hpp"

#include <gmock/gmock.h>

#include <csignal>

#include "fake_host.hpp"

namespace warp::supervisor {
namespace {

using namespace std::chrono_literals;
using scoreboard::Scoreboard;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using wire::WorkerStatus;
using Phase = Slot::Phase;

wire::GroupConfig three_processes() {
  wire::GroupConfig config;
  config.name = "site";
  config.processes = 3;
  return config;
}

// Workers have the pids 100, 101, 102 in the slots 0, 1, 2, and 103 and so on later.
class GroupTest : public testing::Test {
 protected:
  void start_ready() {
    group_.start();
    for (std::uint32_t slot = 0; slot < 3; ++slot) group_.on_status(slot, WorkerStatus::kReady);
  }
  std::vector<Phase> phases() const {
    return {group_.slot(0).phase(), group_.slot(1).phase(), group_.slot(2).phase()};
  }

  FakeHost host_;
  Scoreboard board_ =
      Scoreboard::map(scoreboard::create_segment({.slots = 3}).value().get()).value();
  Group group_{three_processes(), host_, board_};
};

TEST_F(GroupTest, StartsAllItsWorkers) {
  group_.start();
  EXPECT_THAT(host_.started, ElementsAre(0, 1, 2));
  EXPECT_THAT(group_.workers(), ElementsAre(100, 101, 102));
}

TEST_F(GroupTest, RestartsOnlyTheWorkerThatDied) {
  start_ready();
  host_.advance(11s);
  group_.on_exit(101, SIGKILL);
  EXPECT_THAT(phases(), ElementsAre(Phase::kReady, Phase::kStarting, Phase::kReady));
}

TEST_F(GroupTest, IgnoresProcessesThatAreNoneOfItsWorkers) {
  start_ready();
  group_.on_exit(999, SIGKILL);
  EXPECT_THAT(host_.started, ElementsAre(0, 1, 2));
}

TEST_F(GroupTest, KnowsTheNearestDeadline) {
  group_.start();
  host_.advance(5s);
  group_.on_status(1, WorkerStatus::kFailed);
  EXPECT_EQ(group_.next_deadline(), host_.now() + 5s);
}

TEST_F(GroupTest, DoesOnlyWhatIsDue) {
  group_.start();
  group_.on_exit(100, SIGSEGV);
  host_.advance(500ms);
  group_.on_exit(101, SIGSEGV);
  host_.advance(500ms);
  group_.on_time();
  EXPECT_THAT(phases(), ElementsAre(Phase::kStarting, Phase::kBackoff, Phase::kStarting));
}

TEST_F(GroupTest, ReloadsOneAfterAnother) {
  start_ready();
  group_.reload();
  EXPECT_THAT(phases(), ElementsAre(Phase::kStopping, Phase::kReady, Phase::kReady));
  group_.on_exit(100, exit_status(0));
  EXPECT_THAT(phases(), ElementsAre(Phase::kStarting, Phase::kReady, Phase::kReady));
  group_.on_status(0, WorkerStatus::kReady);
  EXPECT_THAT(phases(), ElementsAre(Phase::kReady, Phase::kStopping, Phase::kReady));
  group_.on_exit(101, exit_status(0));
  group_.on_status(1, WorkerStatus::kReady);
  group_.on_exit(102, exit_status(0));
  group_.on_status(2, WorkerStatus::kReady);
  EXPECT_THAT(phases(), ElementsAre(Phase::kReady, Phase::kReady, Phase::kReady));
  EXPECT_THAT(group_.workers(), ElementsAre(103, 104, 105));
}

TEST_F(GroupTest, TellsHowItsReloadGoes) {
  start_ready();
  EXPECT_EQ(group_.facts().reload, ReloadState::kNone);
  group_.reload();
  EXPECT_EQ(group_.facts().generation, 2U);
  for (std::uint32_t slot = 0; slot < 3; ++slot) {
    EXPECT_EQ(group_.facts().reload, ReloadState::kRunning);
    group_.on_exit(static_cast<pid_t>(100 + slot), exit_status(0));
    group_.on_status(slot, WorkerStatus::kReady);
  }
  EXPECT_EQ(group_.facts().reload, ReloadState::kDone);
  EXPECT_EQ(group_.facts().restarts.of(RestartReason::kReload), 3U);
}

TEST_F(GroupTest, TellsThatItsReloadFailed) {
  start_ready();
  group_.reload();
  group_.on_exit(100, exit_status(0));
  group_.on_status(0, WorkerStatus::kFailed);
  EXPECT_EQ(group_.facts().reload, ReloadState::kFailed);
}

TEST_F(GroupTest, CountsWhyWorkersAreReplaced) {
  start_ready();
  group_.on_exit(100, SIGSEGV);
  group_.on_exit(101, exit_status(wire::kExitFilesChanged));
  EXPECT_EQ(group_.facts().restarts.of(RestartReason::kCrash), 1U);
  EXPECT_EQ(group_.facts().restarts.of(RestartReason::kScriptChanged), 1U);
  group_.stop();
  group_.on_exit(102, exit_status(0));
  EXPECT_EQ(group_.facts().restarts.of(RestartReason::kReload), 0U);
  EXPECT_TRUE(group_.facts().is_stopping);
}

TEST_F(GroupTest, GivesUpAReloadWhoseFirstWorkerFails) {
  start_ready();
  group_.reload();
  group_.on_exit(100, exit_status(0));
  group_.on_status(0, WorkerStatus::kFailed);
  EXPECT_THAT(phases(), ElementsAre(Phase::kFailed, Phase::kReady, Phase::kReady));
}

TEST_F(GroupTest, BeginsAnewWhenReloadedDuringAReload) {
  start_ready();
  group_.reload();
  group_.on_exit(100, exit_status(0));
  group_.on_status(0, WorkerStatus::kReady);
  group_.reload();
  group_.on_exit(101, exit_status(0));
  group_.on_status(1, WorkerStatus::kReady);
  EXPECT_THAT(phases(), ElementsAre(Phase::kStopping, Phase::kReady, Phase::kReady));
}

TEST_F(GroupTest, DoesNotReloadWhileItStops) {
  start_ready();
  group_.stop();
  group_.reload();
  group_.on_exit(100, exit_status(0));
  EXPECT_EQ(group_.slot(0).phase(), Phase::kGone);
}

TEST_F(GroupTest, StopsAllAtOnceAndIsOverWithTheLast) {
  start_ready();
  group_.stop();
  EXPECT_THAT(host_.signals,
              ElementsAre(Pair(100, SIGTERM), Pair(101, SIGTERM), Pair(102, SIGTERM)));
  group_.on_exit(100, exit_status(0));
  group_.on_exit(101, exit_status(0));
  EXPECT_FALSE(group_.is_over());
  group_.on_exit(102, exit_status(0));
  EXPECT_TRUE(group_.is_over());
}

TEST_F(GroupTest, IsInHasteWhenToldTwice) {
  start_ready();
  group_.stop();
  group_.stop();
  EXPECT_EQ(group_.next_deadline(), host_.now() + 1s);
  host_.signals.clear();
  host_.advance(1s);
  group_.on_time();
  EXPECT_THAT(host_.signals,
              ElementsAre(Pair(100, SIGKILL), Pair(101, SIGKILL), Pair(102, SIGKILL)));
}

TEST_F(GroupTest, IsInHasteAtOnceWhenHttpdIsGone) {
  start_ready();
  group_.stop_soon();
  EXPECT_EQ(group_.next_deadline(), host_.now() + 1s);
}

TEST_F(GroupTest, IsOverWhenAllHaveRetiredAndOneWasWaitingForItsStart) {
  group_.start();
  group_.on_exit(102, SIGSEGV);
  host_.closed = {0, 1, 2};
  group_.on_exit(100, exit_status(0));
  EXPECT_EQ(group_.slot(2).phase(), Phase::kGone);
  group_.on_exit(101, exit_status(0));
  EXPECT_TRUE(group_.is_over());
}

}  // namespace
}  // namespace warp::supervisor
