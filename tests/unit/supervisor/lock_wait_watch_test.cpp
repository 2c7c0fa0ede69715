#include "supervisor/lock_wait_watch.hpp"

#include <gtest/gtest.h>

#include <random>

namespace warp::supervisor {
namespace {

using namespace std::chrono_literals;
using figures::LockWaits;
using scoreboard::Scoreboard;

constexpr std::uint32_t kThreads = 2;

class LockWaitWatchTest : public testing::Test {
 protected:
  LockWaitWatchTest() { watch_.begin(now_); }
  void wait(std::uint32_t thread, std::chrono::nanoseconds time) const {
    scoreboard::Recorder(board_, 1, thread).lock_taken(time);
  }
  LockWaits look_after(std::chrono::milliseconds time) {
    now_ += time;
    return watch_.look(now_);
  }

  Scoreboard board_ =
      Scoreboard::map(scoreboard::create_segment({.slots = 2, .threads = kThreads}).value().get())
          .value();
  Clock::time_point now_{1h};
  LockWaitWatch watch_{board_, 1};
};

TEST_F(LockWaitWatchTest, AddsUpWhatAllThreadsHaveWaited) {
  wait(0, 3ms);
  wait(1, 4ms);
  wait(1, 5us);
  const LockWaits more = look_after(1s);
  EXPECT_EQ(more.nanoseconds, 7'005'000U);
  EXPECT_EQ(more.takings, 3U);
}

TEST_F(LockWaitWatchTest, CountsNothingTwice) {
  wait(0, 3ms);
  (void)look_after(1s);
  wait(0, 2ms);
  EXPECT_EQ(look_after(1s).nanoseconds, 2'000'000U);
  EXPECT_EQ(look_after(1s).takings, 0U);
}

TEST_F(LockWaitWatchTest, LeavesTheTimeOfEarlierWorkersOut) {
  wait(0, 3ms);
  watch_.begin(now_);
  wait(0, 2ms);
  EXPECT_EQ(look_after(1s).nanoseconds, 2'000'000U);
}

TEST_F(LockWaitWatchTest, BelievesALongWaitThatEndsBetweenTwoLooks) {
  (void)look_after(30s);
  wait(0, 30s);
  EXPECT_EQ(look_after(1s).nanoseconds, 30'000'000'000U);
}

TEST_F(LockWaitWatchTest, BelievesNoMoreThanThreadsCanHaveWaited) {
  wait(0, 24h);
  board_.thread(1, 0).lock_takings = 1'000'000'000'000U;
  const LockWaits more = look_after(1s);
  EXPECT_EQ(more.nanoseconds, kThreads * 1'000'000'000U);
  EXPECT_EQ(more.takings, kThreads * 1'000'000U);
  wait(0, 24h);
  EXPECT_EQ(look_after(1s).nanoseconds, kThreads * 1'000'000'000U);
}

TEST_F(LockWaitWatchTest, TakesNothingBackForNumbersThatGetLess) {
  wait(0, 5ms);
  (void)look_after(1s);
  board_.thread(1, 0).lock_wait_ns = 0;
  EXPECT_EQ(look_after(1s).nanoseconds, 0U);
  wait(0, 1ms);
  EXPECT_EQ(look_after(1s).nanoseconds, 1'000'000U);
}

TEST_F(LockWaitWatchTest, StaysWithinBoundsWhateverStandsThere) {
  std::mt19937_64 random(1);
  std::uint64_t sum = 0;
  for (std::uint64_t second = 1; second <= 1000; ++second) {
    for (std::uint32_t thread = 0; thread < kThreads; ++thread)
      board_.thread(1, thread).lock_wait_ns = random();
    sum += look_after(1s).nanoseconds;
    ASSERT_LE(sum, second * kThreads * 1'000'000'000U);
  }
}

}  // namespace
}  // namespace warp::supervisor
