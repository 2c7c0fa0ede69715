#include "mod_warp/management/group_figures.hpp"

#include <gmock/gmock.h>

#include <limits>

#include "unit/mod_warp/management/group_fixture.hpp"

namespace warp::management {
namespace {

using scoreboard::SlotState;
using std::chrono::seconds;

TEST(GroupFigures, ListSlotsThatHaveOrAwaitAWorker) {
  const Group group;
  group.set_state(0, SlotState::kReady);
  group.set_state(1, SlotState::kBackoff);
  group.set_state(2, SlotState::kSpare);
  const GroupFigures figures = group.look();
  ASSERT_EQ(figures.workers.size(), 2U);
  EXPECT_EQ(figures.count_in(WorkerState::kReady), 1U);
  EXPECT_EQ(figures.count_in(WorkerState::kBackoff), 1U);
  EXPECT_EQ(figures.count_in(WorkerState::kSpare), 0U);
}

TEST(GroupFigures, BelieveNoMoreMemoryThanThereCanBe) {
  const Group group;
  group.set_state(0, SlotState::kReady);
  group.board.slot(0).resident_bytes = 4096;
  group.board.slot(0).proportional_bytes = std::numeric_limits<std::uint64_t>::max();
  const WorkerFigures worker = group.look().workers[0];
  EXPECT_EQ(worker.resident_bytes, 4096U);
  EXPECT_EQ(worker.proportional_bytes, std::uint64_t{1} << 50U);
}

TEST(GroupFigures, TellRequestsInThreadsFromThoseThatWaitInTheOnlyWorker) {
  const Group group;
  group.give(0, kThreads + 1);
  const GroupFigures figures = group.look();
  EXPECT_EQ(figures.in_workers, kThreads);
  EXPECT_EQ(figures.waiting, 1U);
}

TEST(GroupFigures, CountRequestsOfTheQueueAsWaiting) {
  const Group group;
  ASSERT_TRUE(group.ledger.queue().enter({.at = kNow}, 1));
  EXPECT_EQ(group.look().waiting, 1U);
}

TEST(GroupFigures, RememberThatTheGroupWasReady) {
  const Group group;
  EXPECT_FALSE(group.look().was_ready);
  group.set_state(0, SlotState::kReady);
  EXPECT_TRUE(group.look().was_ready);
  group.set_state(0, SlotState::kBackoff);
  EXPECT_TRUE(group.look().was_ready);
}

TEST(GroupFigures, SayForHowLongNoThreadWasFree) {
  const Group group;
  group.give(0, kThreads);
  group.ledger.condition().note_saturation(kNow - seconds(7));
  EXPECT_EQ(group.look().saturated_for, seconds(7));
}

// When nobody asks any more, no request says that there is room.
TEST(GroupFigures, ForgetASaturationThatIsOver) {
  const Group group;
  group.ledger.condition().note_saturation(kNow - seconds(7));
  EXPECT_EQ(group.look().saturated_for, seconds(0));
  EXPECT_EQ(group.ledger.condition().saturated_since(), std::nullopt);
}

TEST(GroupFigures, SayForHowLongThereIsNoSupervisor) {
  const Group group;
  EXPECT_EQ(group.look().supervisor_lost_for, seconds(0));
  group.ledger.condition().supervisor_ended(kNow - seconds(3));
  EXPECT_EQ(group.look().supervisor_lost_for, seconds(3));
}

class StuckWorker : public testing::Test {
 protected:
  void SetUp() override { group_.set_state(0, SlotState::kReady); }
  // Began long ago, by a clock that may have been set, and has been silent for so long.
  void serve(std::uint32_t thread, seconds silence) const {
    scoreboard::Recorder(group_.board, 0, thread).begin(thread + 1, "GET", "/");
    scoreboard::ThreadRecord& record = group_.board.thread(0, thread);
    record.started_us = 1;
    record.silent_since = std::chrono::nanoseconds((kNow - silence).time_since_epoch()).count();
  }
  [[nodiscard]] bool is_stuck() const { return group_.look().workers[0].is_stuck; }

  Group group_;
};

TEST_F(StuckWorker, HasAllItsThreadsSilentBeyondTheLimit) {
  serve(0, seconds(100));
  EXPECT_FALSE(is_stuck()) << "one thread is idle";
  serve(1, seconds(30));
  EXPECT_FALSE(is_stuck()) << "one is within its time";
  serve(1, seconds(61));
  EXPECT_TRUE(is_stuck());
}

TEST_F(StuckWorker, IsNoneWhileAClientTakesItsTime) {
  serve(0, seconds(100));
  serve(1, seconds(100));
  group_.board.thread(0, 1).silent_since = 0;
  EXPECT_FALSE(is_stuck());
}

TEST_F(StuckWorker, IsNoneWithATimeToCome) {
  serve(0, seconds(100));
  serve(1, seconds(-100));
  EXPECT_FALSE(is_stuck());
  group_.board.thread(0, 1).silent_since = std::numeric_limits<std::int64_t>::min();
  EXPECT_FALSE(is_stuck());
}

}  // namespace
}  // namespace warp::management
