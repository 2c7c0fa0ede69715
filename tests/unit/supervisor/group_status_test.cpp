#include "supervisor/group_status.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

#include "supervisor/process_facts.hpp"

namespace warp::supervisor {
namespace {

using scoreboard::Recorder;
using scoreboard::Scoreboard;
using scoreboard::SlotState;
using namespace std::chrono_literals;

class GroupStatusTest : public testing::Test {
 protected:
  [[nodiscard]] WorkerView view() const { return view_workers(board_, {::getpid()}).front(); }
  Scoreboard board_ =
      Scoreboard::map(scoreboard::create_segment({.slots = 2, .threads = 3}).value().get()).value();
};

TEST_F(GroupStatusTest, ShowsALivingWorker) {
  board_.slot(0).pid = ::getpid();
  board_.set_state(0, SlotState::kReady);
  Recorder(board_, 0, 1).begin(77, "GET", "/path");
  const WorkerView worker = view();
  EXPECT_EQ(worker.pid, ::getpid());
  EXPECT_EQ(worker.state, "ready");
  EXPECT_GT(worker.memory.resident.value_or(0), 100'000U);
  EXPECT_GT(worker.memory.proportional.value_or(0), 100'000U);
  ASSERT_EQ(worker.busy.size(), 1U);
  EXPECT_EQ(worker.busy[0].path, "/path");
}

TEST_F(GroupStatusTest, HasNoPidThatIsNoneOfTheGroups) {
  board_.slot(0).pid = 1;
  board_.set_state(0, SlotState::kBackoff);
  Recorder(board_, 0, 0).begin(1, "GET", "/");
  EXPECT_EQ(view().pid, std::nullopt);
  EXPECT_TRUE(view().busy.empty());
}

TEST_F(GroupStatusTest, LeavesOutSlotsWithoutAnything) {
  EXPECT_TRUE(view_workers(board_, {::getpid()}).empty());
}

TEST_F(GroupStatusTest, MakesNonsenseHarmless) {
  std::memset(static_cast<void*>(&board_.thread(0, 0)), 0x9b, sizeof(scoreboard::ThreadRecord));
  board_.slot(0).busy_threads = 0xffffffffU;
  board_.slot(0).state = static_cast<SlotState>(99);
  board_.slot(0).pid = ::getpid();
  const WorkerView worker = view();
  EXPECT_EQ(worker.state, "unknown");
  ASSERT_EQ(worker.busy.size(), 1U);
  EXPECT_EQ(worker.busy[0].method, std::string(12, '?'));
  EXPECT_GE(worker.busy[0].age, 0us);
}

TEST(ProcessFacts, AreThoseOfThisProcess) {
  EXPECT_LT(uptime_of(::getpid()).value(), 60s);
  EXPECT_EQ(uptime_of(-1), std::nullopt);
  EXPECT_EQ(resident_bytes(-1), std::nullopt);
  EXPECT_EQ(proportional_bytes(-1), std::nullopt);
}

TEST(ProcessFacts, TellWhoTakesASignal) {
  EXPECT_FALSE(takes_signal(::getpid(), SIGUSR2));
  std::signal(SIGUSR2, [](int) {});
  EXPECT_TRUE(takes_signal(::getpid(), SIGUSR2));
  std::signal(SIGUSR2, SIG_DFL);
  EXPECT_FALSE(takes_signal(-1, SIGUSR2));
}

}  // namespace
}  // namespace warp::supervisor
