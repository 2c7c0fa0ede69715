// What a slot tells of its worker's memory and of its wait for the interpreter's lock.
#include <gtest/gtest.h>

#include <csignal>

#include "fake_host.hpp"
#include "supervisor/slot.hpp"

namespace warp::supervisor {
namespace {

using namespace std::chrono_literals;
using scoreboard::Scoreboard;
using Phase = Slot::Phase;

constexpr int kCrash = SIGSEGV;  // as waitpid's status: killed by it

class SlotFiguresTest : public testing::Test {
 protected:
  void start_ready(std::chrono::milliseconds ready_for = 0ms) {
    slot_.start(Duty::kServing, 1);
    slot_.on_status(wire::WorkerStatus::kReady);
    host_.advance(ready_for);
  }

  FakeHost host_;
  Scoreboard board_ = Scoreboard::map(scoreboard::create_segment({}).value().get()).value();
  Slot slot_{{.group = "site", .index = 0, .stop_timeout = 20s}, host_, board_};
};

TEST_F(SlotFiguresTest, PublishesTheMemoryOfItsPresentWorker) {
  start_ready(1h);
  slot_.note_memory(4096);
  slot_.note_proportional_memory(2048);
  EXPECT_EQ(board_.slot(0).resident_bytes, 4096U);
  EXPECT_EQ(board_.slot(0).proportional_bytes, 2048U);
  slot_.on_exit(kCrash);
  EXPECT_EQ(board_.slot(0).resident_bytes, 0U);
  EXPECT_EQ(board_.slot(0).proportional_bytes, 0U);
}

TEST_F(SlotFiguresTest, HasNoMemoryWhileItWaitsForItsNextWorker) {
  slot_.start(Duty::kServing, 1);
  slot_.note_memory(4096);
  slot_.on_exit(kCrash);
  ASSERT_EQ(slot_.phase(), Phase::kBackoff);
  EXPECT_EQ(board_.slot(0).resident_bytes, 0U);
}

TEST_F(SlotFiguresTest, CountsWhatAWorkerHasWaitedForTheLockUntilItsEnd) {
  start_ready(1s);
  scoreboard::Recorder(board_, 0, 0).lock_taken(3ms);
  slot_.on_exit(kCrash);
  EXPECT_EQ(host_.lock_waits.nanoseconds, 3'000'000U);
  EXPECT_EQ(host_.lock_waits.takings, 1U);
}

}  // namespace
}  // namespace warp::supervisor
