#include <gmock/gmock.h>

#include "group_fixture.hpp"

namespace warp::supervisor {
namespace {

using namespace std::chrono_literals;
using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using wire::WorkerStatus;
using Phase = Slot::Phase;

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
  EXPECT_EQ(group_.facts().restarts.of(RestartReason::kCrash), 1U);
  EXPECT_THAT(host_.restarts, ElementsAre(RestartReason::kCrash));
}

TEST_F(GroupTest, LooksAtTheMemoryOfItsWorkersWithoutAnyLimit) {
  host_.figures[101] = {.resident_bytes = 8192};
  start_ready();
  pass(2s);
  EXPECT_EQ(board_.slot(1).resident_bytes, 8192U);
  EXPECT_EQ(board_.slot(0).resident_bytes, 0U);
}

TEST_F(GroupTest, CountsOnceASecondHowLongItsWorkersWaitForTheLock) {
  start_ready();
  scoreboard::Recorder(board_, 1, 0).lock_taken(3ms);
  pass(2s);
  EXPECT_EQ(host_.lock_waits.nanoseconds, 3'000'000U);
  pass(2s);
  EXPECT_EQ(host_.lock_waits.takings, 1U);
}

TEST_F(GroupTest, IgnoresProcessesThatAreNoneOfItsWorkers) {
  start_ready();
  group_.on_exit(999, SIGKILL);
  EXPECT_THAT(host_.started, ElementsAre(0, 1, 2));
}

TEST_F(GroupTest, KnowsTheNearestDeadline) {
  group_.start();
  group_.on_status(1, WorkerStatus::kFailed);
  pass(4500ms);
  EXPECT_EQ(group_.next_deadline(), host_.now() + 500ms);
}

TEST_F(GroupTest, DoesOnlyWhatIsDue) {
  group_.start();
  group_.on_exit(100, SIGSEGV);
  host_.advance(500ms);
  group_.on_exit(101, SIGSEGV);
  pass(500ms);
  EXPECT_THAT(phases(), ElementsAre(Phase::kStarting, Phase::kBackoff, Phase::kStarting));
}

TEST_F(GroupTest, ReloadStartsOneWorkerFirstAndTheOthersWhenItIsReady) {
  start_ready();
  group_.reload(RestartReason::kReload);
  EXPECT_THAT(host_.started, ElementsAre(0, 1, 2, 3));
  ready({3});
  EXPECT_THAT(host_.started, ElementsAre(0, 1, 2, 3, 4, 5));
  EXPECT_THAT(phases(), ElementsAre(Phase::kReady, Phase::kReady, Phase::kReady));
}

TEST_F(GroupTest, ReloadMovesOverWhenTheWholeGenerationIsReady) {
  start_ready();
  group_.reload(RestartReason::kReload);
  ready({3, 4});
  EXPECT_EQ(board_.slot(3).state, scoreboard::SlotState::kStandby);
  EXPECT_THAT(host_.signals, IsEmpty());
  ready({5});
  EXPECT_EQ(board_.slot(3).state, scoreboard::SlotState::kReady);
  EXPECT_THAT(host_.signals,
              ElementsAre(Pair(100, SIGUSR1), Pair(101, SIGUSR1), Pair(102, SIGUSR1)));
  EXPECT_EQ(group_.generation(), 2U);
  exit({100, 101, 102});
  EXPECT_THAT(phases(), ElementsAre(Phase::kEmpty, Phase::kEmpty, Phase::kEmpty));
  EXPECT_THAT(group_.serving_workers(), ElementsAre(103, 104, 105));
  EXPECT_EQ(group_.facts().restarts.of(RestartReason::kReload), 3U);
}

TEST_F(GroupTest, FailedReloadLeavesTheRunningGenerationAlone) {
  start_ready();
  group_.reload(RestartReason::kReload);
  group_.on_status(3, WorkerStatus::kFailed);
  EXPECT_THAT(host_.signals, ElementsAre(Pair(103, SIGTERM)));
  exit({103});
  EXPECT_THAT(group_.workers(), ElementsAre(100, 101, 102));
  EXPECT_THAT(phases(), ElementsAre(Phase::kReady, Phase::kReady, Phase::kReady));
  EXPECT_EQ(group_.generation(), 1U);
}

TEST_F(GroupTest, ReloadWhoseWorkerCrashesOrHangsAtItsStartFails) {
  start_ready();
  group_.reload(RestartReason::kReload);
  group_.on_exit(103, SIGSEGV);
  EXPECT_THAT(host_.started, ElementsAre(0, 1, 2, 3));
  group_.reload(RestartReason::kReload);
  pass(60s);
  EXPECT_THAT(host_.signals, ElementsAre(Pair(104, SIGKILL)));
  group_.on_exit(104, SIGKILL);
  EXPECT_THAT(group_.workers(), ElementsAre(100, 101, 102));
}

TEST_F(GroupTest, ReloadDuringAReloadBeginsAnew) {
  start_ready();
  group_.reload(RestartReason::kReload);
  group_.reload(RestartReason::kReload);
  EXPECT_THAT(host_.signals, ElementsAre(Pair(103, SIGTERM)));
  ready({4});
  EXPECT_THAT(host_.generations, ElementsAre(1, 1, 1, 2, 3, 3, 3));
}

TEST_F(GroupTest, ReloadWaitsForRoomWhileEarlierGenerationsFinish) {
  start_ready();
  group_.reload(RestartReason::kReload);
  ready({3, 4, 5});
  group_.reload(RestartReason::kReload);
  EXPECT_THAT(host_.started, SizeIs(6));
  exit({100});
  EXPECT_THAT(host_.started, SizeIs(7));
}

TEST_F(GroupTest, TellsHowItsReloadGoes) {
  start_ready();
  EXPECT_EQ(group_.facts().reload, ReloadState::kNone);
  group_.reload(RestartReason::kReload);
  EXPECT_EQ(group_.facts().generation, 2U);
  EXPECT_EQ(group_.facts().reload, ReloadState::kRunning);
  ready({3, 4, 5});
  EXPECT_EQ(group_.facts().reload, ReloadState::kDone);
  group_.reload(RestartReason::kReload);
  EXPECT_EQ(group_.facts().reload, ReloadState::kRunning) << "it waits for room";
  exit({100, 101, 102});
  EXPECT_EQ(group_.facts().generation, 3U);
  group_.on_exit(106, SIGSEGV);
  EXPECT_EQ(group_.facts().reload, ReloadState::kFailed);
}

class ExplainingGroupTest : public GroupTest {
 protected:
  static wire::GroupConfig explaining() {
    wire::GroupConfig config = three_processes();
    config.explains_errors = true;
    return config;
  }
  ExplainingGroupTest() : GroupTest(explaining()) {}
};

TEST_F(ExplainingGroupTest, ReloadThatFailsTakesOverWithTheWorkerThatSaysWhy) {
  start_ready();
  group_.reload(RestartReason::kReload);
  group_.on_status(3, WorkerStatus::kFailed);
  EXPECT_THAT(group_.serving_workers(), ElementsAre(103));
  EXPECT_EQ(group_.facts().reload, ReloadState::kFailed);
  EXPECT_THAT(phases(), Each(Phase::kStopping));
  EXPECT_THAT(phases({3, 4, 5}), ElementsAre(Phase::kFailed, Phase::kEmpty, Phase::kEmpty));
}

TEST_F(ExplainingGroupTest, WorkerThatSaysWhyIsFollowedByAllOnceItIsMended) {
  start_ready();
  group_.reload(RestartReason::kReload);
  group_.on_status(3, WorkerStatus::kFailed);
  exit({100, 101, 102});
  group_.on_exit(103, exit_status(wire::kExitFilesChanged));
  ready({3});
  ready({0});
  ready({1, 2});
  EXPECT_EQ(group_.facts().reload, ReloadState::kDone);
  EXPECT_THAT(group_.serving_workers(), SizeIs(3));
}

TEST_F(GroupTest, ScriptThatChangedIsReloadedOnceForAllWorkers) {
  start_ready();
  group_.on_status(0, WorkerStatus::kScriptChanged);
  group_.on_status(1, WorkerStatus::kScriptChanged);
  EXPECT_THAT(host_.started, ElementsAre(0, 1, 2, 3));
}

TEST_F(GroupTest, AsksOnlyReadyWorkersThatServeToLookAtTheirCode) {
  group_.start();
  group_.on_status(1, WorkerStatus::kReady);
  group_.look_for_changed_code();
  EXPECT_THAT(host_.signals, ElementsAre(Pair(101, SIGHUP)));
}

TEST_F(GroupTest, DoesNotReloadWhileItStops) {
  start_ready();
  group_.stop();
  group_.reload(RestartReason::kReload);
  exit({100});
  EXPECT_EQ(group_.slot(0).phase(), Phase::kEmpty);
  EXPECT_THAT(host_.started, SizeIs(3));
}

TEST_F(GroupTest, ReplacesAWorkerAtItsLimitByOneThatIsReady) {
  start_ready();
  group_.on_status(1, WorkerStatus::kLimitReached);
  EXPECT_THAT(host_.started, ElementsAre(0, 1, 2, 3));
  EXPECT_EQ(host_.generations.back(), 1U);
  EXPECT_THAT(host_.signals, IsEmpty());
  ready({3});
  EXPECT_THAT(host_.signals, ElementsAre(Pair(101, SIGUSR1)));
  EXPECT_THAT(group_.serving_workers(), ElementsAre(100, 102, 103));
  EXPECT_EQ(group_.facts().restarts.of(RestartReason::kMaximumRequests), 1U);
}

TEST_F(GroupTest, ReplacesOneWorkerAfterAnother) {
  start_ready();
  group_.on_status(0, WorkerStatus::kOverdue);
  group_.on_status(1, WorkerStatus::kOverdue);
  EXPECT_THAT(host_.started, SizeIs(4));
  ready({3});
  EXPECT_THAT(host_.started, SizeIs(5));
}

TEST_F(GroupTest, KeepsAWorkerWhoseSuccessorFailsAndTriesAgainLater) {
  start_ready();
  group_.on_status(1, WorkerStatus::kLimitReached);
  group_.on_exit(103, SIGSEGV);
  EXPECT_EQ(group_.slot(1).phase(), Phase::kReady);
  EXPECT_THAT(host_.started, SizeIs(4));
  pass(4500ms);
  EXPECT_THAT(host_.started, SizeIs(4));
  EXPECT_EQ(group_.next_deadline(), host_.now() + 500ms);
  pass(500ms);
  EXPECT_THAT(host_.started, SizeIs(5));
}

TEST_F(GroupTest, ReplacesAWorkerThatASignalHasStopped) {
  start_ready();
  host_.stopped = {101};
  pass(1s);
  EXPECT_THAT(host_.started, SizeIs(3)) << "it may go on in a moment";
  pass(1s);
  EXPECT_THAT(host_.started, ElementsAre(0, 1, 2, 3));
  ready({3});
  EXPECT_THAT(host_.signals, ElementsAre(Pair(101, SIGUSR1)));
  pass(config_.shutdown_timeout);
  EXPECT_THAT(host_.signals, ElementsAre(Pair(101, SIGUSR1), Pair(101, SIGKILL)));
  EXPECT_EQ(group_.facts().restarts.of(RestartReason::kStandstill), 1U);
}

TEST_F(GroupTest, KeepsAWorkerThatWasStoppedForMoments) {
  start_ready();
  for (int i = 0; i < 3; ++i) {
    host_.stopped = {101};
    pass(1s);
    host_.stopped = {};
    pass(1s);
  }
  EXPECT_THAT(host_.started, SizeIs(3));
}

TEST_F(GroupTest, CountsTheStandstillOfEachWorkerFromItsStart) {
  start_ready();
  host_.stopped = {101, 103};
  pass(1s);
  group_.on_exit(101, SIGKILL);
  ready({1});
  pass(1s);
  EXPECT_THAT(host_.started, ElementsAre(0, 1, 2, 1));
}

TEST_F(GroupTest, StopsAllAtOnceAndIsOverWithTheLast) {
  start_ready();
  group_.stop();
  EXPECT_THAT(host_.signals,
              ElementsAre(Pair(100, SIGTERM), Pair(101, SIGTERM), Pair(102, SIGTERM)));
  exit({100, 101});
  EXPECT_FALSE(group_.is_over());
  exit({102});
  EXPECT_TRUE(group_.is_over());
}

TEST_F(GroupTest, StopsAReloadToo) {
  start_ready();
  group_.reload(RestartReason::kReload);
  group_.stop();
  exit({100, 101, 102});
  EXPECT_FALSE(group_.is_over());
  exit({103});
  EXPECT_TRUE(group_.is_over());
}

TEST_F(GroupTest, IsInHasteWhenToldTwice) {
  start_ready();
  group_.stop();
  group_.stop();
  EXPECT_EQ(group_.next_deadline(), host_.now() + 1s);
  host_.signals.clear();
  pass(1s);
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
  exit({100});
  EXPECT_EQ(group_.slot(2).phase(), Phase::kEmpty);
  exit({101});
  EXPECT_TRUE(group_.is_over());
}

}  // namespace
}  // namespace warp::supervisor
