#include "mod_warp/management/group_figures.hpp"

#include <gmock/gmock.h>

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

TEST(GroupFigures, TakeAWorkerForStuckWhenAllItsThreadsAreOverdue) {
  const Group group;
  group.set_state(0, SlotState::kReady);
  const auto begin = [&](std::uint32_t thread, seconds ago) {
    scoreboard::Recorder(group.board, 0, thread).begin(thread + 1, "GET", "/");
    group.board.thread(0, thread).started_us =
        scoreboard::now_us() - static_cast<std::uint64_t>(ago.count()) * 1'000'000;
  };
  begin(0, seconds(100));
  EXPECT_FALSE(group.look().workers[0].is_stuck) << "one thread is idle";
  begin(1, seconds(30));
  EXPECT_FALSE(group.look().workers[0].is_stuck) << "one is within its time";
  begin(1, seconds(61));
  EXPECT_TRUE(group.look().workers[0].is_stuck);
}

}  // namespace
}  // namespace warp::management
