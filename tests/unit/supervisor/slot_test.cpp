#include "supervisor/slot.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <csignal>

#include "fake_host.hpp"
#include "scoreboard/deaths.hpp"

namespace warp::supervisor {
namespace {

using namespace std::chrono_literals;
using scoreboard::Scoreboard;
using scoreboard::SlotState;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using wire::WorkerStatus;
using Phase = Slot::Phase;

constexpr int kCrash = SIGSEGV;  // as waitpid's status: killed by it

class SlotTest : public testing::Test {
 protected:
  void start_ready(std::chrono::milliseconds ready_for = 0ms) {
    slot_.start(Duty::kServing, 1);
    slot_.on_status(WorkerStatus::kReady);
    host_.advance(ready_for);
  }
  // Moves time to the deadline and does what is due.
  void pass_deadline() {
    ASSERT_TRUE(slot_.deadline());
    host_.advance(std::chrono::ceil<std::chrono::milliseconds>(*slot_.deadline() - host_.now()));
    slot_.on_deadline();
  }
  std::chrono::nanoseconds time_left() const { return *slot_.deadline() - host_.now(); }
  SlotState state() const { return board_.slot(0).state; }

  FakeHost host_;
  Scoreboard board_ = Scoreboard::map(scoreboard::create_segment({}).value().get()).value();
  Slot slot_{{.group = "site",
              .index = 0,
              .startup_timeout = 60s,
              .stop_timeout = 20s,
              .replace_timeout = 90s},
             host_,
             board_};
};

TEST_F(SlotTest, PublishesItsWorker) {
  slot_.start(Duty::kServing, 1);
  EXPECT_EQ(state(), SlotState::kStarting);
  EXPECT_EQ(board_.slot(0).pid, slot_.pid());
  EXPECT_EQ(board_.slot(0).incarnation, 1U);
  slot_.on_status(WorkerStatus::kReady);
  EXPECT_EQ(state(), SlotState::kReady);
}

TEST_F(SlotTest, HasNoDeadlineOnceReady) {
  start_ready();
  EXPECT_EQ(slot_.deadline(), std::nullopt);
}

TEST_F(SlotTest, KillsAWorkerThatDoesNotGetReadyInTime) {
  slot_.start(Duty::kServing, 1);
  EXPECT_EQ(time_left(), 60s);
  pass_deadline();
  EXPECT_THAT(host_.signals, ElementsAre(Pair(100, SIGKILL)));
  slot_.on_exit(SIGKILL);
  EXPECT_EQ(slot_.phase(), Phase::kBackoff);
}

TEST_F(SlotTest, CountsHowWorkersDie) {
  using figures::WorkerDeath;
  start_ready(1h);
  slot_.on_exit(kCrash);
  slot_.on_status(WorkerStatus::kReady);
  host_.advance(1h);
  host_.out_of_memory = true;
  slot_.on_exit(SIGKILL);
  slot_.on_status(WorkerStatus::kReady);
  host_.advance(1h);
  slot_.on_exit(exit_status(wire::kExitDeadlocked));
  slot_.on_status(WorkerStatus::kReady);
  host_.advance(1h);
  slot_.on_exit(exit_status(1));
  EXPECT_THAT(host_.deaths, ElementsAre(WorkerDeath::kSignal, WorkerDeath::kOutOfMemory,
                                        WorkerDeath::kDeadlock, WorkerDeath::kExit));
}

TEST_F(SlotTest, CountsWhyItHasKilledAWorker) {
  using figures::WorkerDeath;
  slot_.start(Duty::kServing, 1);
  pass_deadline();
  slot_.on_exit(SIGKILL);
  slot_.on_deadline();
  slot_.on_status(WorkerStatus::kReady);
  slot_.stop();
  pass_deadline();
  slot_.on_exit(SIGKILL);
  EXPECT_THAT(host_.deaths, ElementsAre(WorkerDeath::kStartupTimeout, WorkerDeath::kStopTimeout));
}

TEST_F(SlotTest, CountsNoWorkerThatEndsAsItWasTold) {
  start_ready();
  slot_.stop();
  slot_.on_exit(SIGTERM);
  EXPECT_THAT(host_.deaths, IsEmpty());
  EXPECT_THAT(scoreboard::last_deaths(board_), IsEmpty());
}

TEST_F(SlotTest, CountsNoWorkerThatIsRetiredBeforeItServes) {
  slot_.start(Duty::kServing, 1);
  slot_.retire();
  slot_.on_exit(SIGUSR1);
  EXPECT_THAT(host_.deaths, IsEmpty());
  EXPECT_THAT(scoreboard::last_deaths(board_), IsEmpty());
}

TEST_F(SlotTest, DoesNotBlameTheKernelForWhatItHasKilledItself) {
  host_.out_of_memory = true;
  slot_.start(Duty::kServing, 1);
  pass_deadline();
  slot_.on_exit(SIGKILL);
  ASSERT_THAT(scoreboard::last_deaths(board_), testing::SizeIs(1));
  EXPECT_THAT(scoreboard::last_deaths(board_)[0].cause, testing::HasSubstr("startup-timeout"));
}

TEST_F(SlotTest, RestartsAtOnceAfterAnAccident) {
  start_ready();
  slot_.on_exit(kCrash);
  EXPECT_EQ(slot_.phase(), Phase::kStarting);
  EXPECT_EQ(board_.slot(0).incarnation, 2U);
}

TEST_F(SlotTest, WaitsLongerAfterEachCrashAtTheStart) {
  slot_.start(Duty::kServing, 1);
  slot_.on_exit(kCrash);
  EXPECT_EQ(state(), SlotState::kBackoff);
  EXPECT_EQ(board_.slot(0).pid, 0);
  EXPECT_EQ(time_left(), 1s);
  pass_deadline();
  EXPECT_EQ(slot_.phase(), Phase::kStarting);
  slot_.on_exit(kCrash);
  EXPECT_EQ(time_left(), 2s);
}

TEST_F(SlotTest, TurnsOffersAwayOnlyWhileItHasNoWorker) {
  start_ready();
  slot_.on_exit(kCrash);
  EXPECT_THAT(host_.turned_away, IsEmpty());
  slot_.on_exit(kCrash);
  EXPECT_THAT(host_.turned_away, ElementsAre(0U));
}

TEST_F(SlotTest, TreatsAnUnaskedExitAsACrash) {
  slot_.start(Duty::kServing, 1);
  slot_.on_exit(exit_status(0));
  EXPECT_EQ(slot_.phase(), Phase::kBackoff);
}

TEST_F(SlotTest, BacksOffWhenTheProgramCanNotBeStarted) {
  host_.can_not_start = true;
  slot_.start(Duty::kServing, 1);
  EXPECT_EQ(slot_.phase(), Phase::kBackoff);
  host_.can_not_start = false;
  pass_deadline();
  EXPECT_EQ(slot_.phase(), Phase::kStarting);
}

TEST_F(SlotTest, WaitsLongestForAWorkerThatCanNotUseItsHeritage) {
  slot_.start(Duty::kServing, 1);
  slot_.on_exit(exit_status(wire::kExitBadHeritage));
  EXPECT_EQ(time_left(), 60s);
}

TEST_F(SlotTest, KeepsAWorkerWithoutApplicationAndTriesAgainLater) {
  slot_.start(Duty::kServing, 1);
  slot_.on_status(WorkerStatus::kFailed);
  EXPECT_EQ(state(), SlotState::kFailed);
  EXPECT_EQ(time_left(), 5s);
  pass_deadline();
  EXPECT_THAT(host_.signals, ElementsAre(Pair(100, SIGTERM)));
  slot_.on_exit(exit_status(0));
  EXPECT_EQ(slot_.phase(), Phase::kStarting);
}

TEST_F(SlotTest, TriesAgainAtOnceWhenTheFilesHaveChanged) {
  slot_.start(Duty::kServing, 1);
  slot_.on_status(WorkerStatus::kFailed);
  slot_.on_exit(exit_status(wire::kExitFilesChanged));
  EXPECT_EQ(slot_.phase(), Phase::kStarting);
  EXPECT_THAT(host_.signals, IsEmpty());
}

TEST_F(SlotTest, LeavesAWorkerDrainingThatBeganBeforeItsReportWasRead) {
  slot_.start(Duty::kServing, 1);
  board_.set_state(0, SlotState::kDraining);
  slot_.on_status(WorkerStatus::kReady);
  EXPECT_EQ(state(), SlotState::kDraining);
}

TEST_F(SlotTest, TreatsTheFilesChangedStatusOfAnApplicationsExitAsACrash) {
  start_ready();
  slot_.on_exit(exit_status(wire::kExitFilesChanged));
  slot_.on_status(WorkerStatus::kReady);
  slot_.on_exit(exit_status(wire::kExitFilesChanged));
  EXPECT_EQ(slot_.phase(), Phase::kBackoff);
}

TEST_F(SlotTest, TreatsTheFilesChangedStatusOfAStartingWorkerAsACrash) {
  slot_.start(Duty::kServing, 1);
  slot_.on_exit(exit_status(wire::kExitFilesChanged));
  EXPECT_EQ(slot_.phase(), Phase::kBackoff);
}

TEST_F(SlotTest, IsEmptyWhenStoppedAndItsWorkerHasEnded) {
  start_ready();
  slot_.stop();
  EXPECT_EQ(slot_.phase(), Phase::kStopping);
  slot_.on_exit(exit_status(0));
  EXPECT_EQ(slot_.phase(), Phase::kEmpty);
  EXPECT_EQ(state(), SlotState::kSpare);
}

TEST_F(SlotTest, IsEmptyAtOnceWhenStoppedWithoutWorker) {
  slot_.start(Duty::kServing, 1);
  slot_.on_exit(kCrash);
  slot_.stop();
  EXPECT_EQ(slot_.phase(), Phase::kEmpty);
  EXPECT_EQ(slot_.deadline(), std::nullopt);
}

TEST_F(SlotTest, KillsAWorkerThatDoesNotStopInTime) {
  start_ready();
  slot_.stop();
  EXPECT_EQ(time_left(), 20s);
  pass_deadline();
  EXPECT_THAT(host_.signals, ElementsAre(Pair(100, SIGTERM), Pair(100, SIGKILL)));
}

TEST_F(SlotTest, HastensOnlyTowardsAnEarlierEnd) {
  start_ready();
  slot_.stop();
  slot_.hasten(1s);
  EXPECT_EQ(time_left(), 1s);
  slot_.hasten(5s);
  EXPECT_EQ(time_left(), 1s);
}

TEST_F(SlotTest, GivesAReplacedWorkerTimeOfItsOwn) {
  start_ready();
  slot_.retire();
  EXPECT_EQ(time_left(), 90s);
}

TEST_F(SlotTest, GivesAReplacedWorkerNoMoreTimeThanOthersOnceAllStop) {
  start_ready();
  slot_.retire();
  host_.advance(10s);
  slot_.stop();
  EXPECT_EQ(time_left(), 20s);
  EXPECT_THAT(host_.signals, ElementsAre(Pair(100, SIGUSR1)));
}

TEST_F(SlotTest, RetiresWithItsWorkerWhenNobodyCanAsk) {
  start_ready();
  host_.closed = {0};
  slot_.on_exit(exit_status(0));
  EXPECT_EQ(slot_.phase(), Phase::kEmpty);
}

TEST_F(SlotTest, StartsNoWorkerThatNobodyCanAsk) {
  slot_.start(Duty::kServing, 1);
  slot_.on_exit(kCrash);
  host_.closed = {0};
  pass_deadline();
  EXPECT_EQ(slot_.phase(), Phase::kEmpty);
  EXPECT_THAT(host_.started, ElementsAre(0U));
}

TEST_F(SlotTest, IgnoresALateStatusOfAStoppingWorker) {
  slot_.start(Duty::kServing, 1);
  slot_.stop();
  slot_.on_status(WorkerStatus::kReady);
  EXPECT_EQ(slot_.phase(), Phase::kStopping);
}

TEST_F(SlotTest, ForgetsWhatTheLastWorkerWasDoing) {
  start_ready(11s);
  scoreboard::Recorder(board_, 0, 0).begin(9, "GET", "/");
  slot_.on_exit(kCrash);
  EXPECT_EQ(board_.thread(0, 0).stage, scoreboard::Stage::kIdle);
  EXPECT_EQ(board_.slot(0).busy_threads, 0U);
}

TEST_F(SlotTest, LeavesAPostMortemOnTheScoreboard) {
  start_ready(3s);
  scoreboard::Recorder recorder(board_, 0, 0);
  recorder.begin(7, "GET", "/report");
  recorder.application_called();
  host_.words = "Fatal Python error: Segmentation fault";
  slot_.on_exit(kCrash);
  const auto deaths = scoreboard::last_deaths(board_);
  ASSERT_EQ(deaths.size(), 1U);
  EXPECT_EQ(deaths[0].pid, 100);
  EXPECT_EQ(deaths[0].generation, 1U);
  EXPECT_EQ(deaths[0].uptime, 3s);
  EXPECT_EQ(deaths[0].how, "SIGSEGV");
  EXPECT_EQ(deaths[0].cause, "");
  EXPECT_EQ(deaths[0].last_words, host_.words);
  ASSERT_EQ(deaths[0].lost.size(), 1U);
  EXPECT_EQ(deaths[0].lost[0].path, "/report");
}

TEST_F(SlotTest, SaysInAPostMortemWhyItHasKilledTheWorker) {
  slot_.start(Duty::kServing, 1);
  pass_deadline();
  slot_.on_exit(SIGKILL);
  EXPECT_THAT(scoreboard::last_deaths(board_).at(0).cause, testing::HasSubstr("startup-timeout"));
  pass_deadline();
  host_.out_of_memory = true;
  slot_.on_exit(SIGKILL);
  // Of one moment, when the clock is coarse.
  const auto deaths = scoreboard::last_deaths(board_);
  EXPECT_EQ(std::count_if(deaths.begin(), deaths.end(),
                          [](const auto& dead) {
                            return dead.cause.find("lack of memory") != std::string::npos;
                          }),
            1);
}

TEST_F(SlotTest, LeavesNoPostMortemOfAWorkerThatStopsInOrder) {
  start_ready();
  slot_.stop();
  slot_.on_exit(exit_status(wire::kExitStopped));
  EXPECT_THAT(scoreboard::last_deaths(board_), IsEmpty());
}

TEST_F(SlotTest, HidesACandidateUntilItIsPromoted) {
  slot_.start(Duty::kCandidate, 2);
  EXPECT_EQ(state(), SlotState::kStandby);
  slot_.on_status(WorkerStatus::kReady);
  EXPECT_EQ(slot_.phase(), Phase::kReady);
  EXPECT_EQ(state(), SlotState::kStandby);
  slot_.promote();
  EXPECT_EQ(state(), SlotState::kReady);
  EXPECT_EQ(board_.slot(0).generation, 2U);
}

TEST_F(SlotTest, StartsNoOtherWorkerForACandidateThatDied) {
  slot_.start(Duty::kCandidate, 2);
  slot_.on_exit(kCrash);
  EXPECT_EQ(slot_.phase(), Phase::kEmpty);
  EXPECT_THAT(host_.started, ElementsAre(0U));
}

TEST_F(SlotTest, ShowsThatItsWorkerWillComeWhileItIsAwaited) {
  slot_.await(Duty::kServing, 1);
  EXPECT_EQ(state(), SlotState::kStarting);
  slot_.await(Duty::kCandidate, 2);
  EXPECT_EQ(state(), SlotState::kStandby);
}

TEST_F(SlotTest, RetiresItsWorkerByTheSignalThatHandsBack) {
  start_ready();
  slot_.retire();
  EXPECT_EQ(state(), SlotState::kDraining);
  EXPECT_THAT(host_.signals, ElementsAre(Pair(100, SIGUSR1)));
  slot_.on_exit(exit_status(0));
  EXPECT_EQ(slot_.phase(), Phase::kEmpty);
  // A child may have chosen it just before.
  EXPECT_THAT(host_.turned_away, ElementsAre(0U));
}

TEST_F(SlotTest, RetiringWorkerThatCrashesIsNotStartedAgain) {
  start_ready();
  slot_.retire();
  slot_.on_exit(kCrash);
  EXPECT_EQ(slot_.phase(), Phase::kEmpty);
}

}  // namespace
}  // namespace warp::supervisor
