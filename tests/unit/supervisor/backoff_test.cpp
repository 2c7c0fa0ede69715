#include "supervisor/backoff.hpp"

#include <gtest/gtest.h>

namespace warp::supervisor {
namespace {

using namespace std::chrono_literals;

TEST(Backoff, IsZeroForAWorkerThatWasReadyForLong) {
  Backoff backoff;
  for (int i = 0; i < 100; ++i) EXPECT_EQ(backoff.after_crash(1001ms), 0s);
}

TEST(Backoff, IsZeroForTheFirstAccidentOfAYoungWorker) {
  Backoff backoff;
  EXPECT_EQ(backoff.after_crash(1s), 0s);
  EXPECT_EQ(backoff.after_crash(1s), 1s);
  EXPECT_EQ(backoff.after_crash(500ms), 2s);
}

TEST(Backoff, DoublesForCrashesAtTheStartUpToAMinute) {
  Backoff backoff;
  for (const auto expected : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s})
    EXPECT_EQ(backoff.after_crash(std::nullopt), expected);
}

TEST(Backoff, StartsAnewAfterAWorkerThatWasReadyForLong) {
  Backoff backoff;
  (void)backoff.after_crash(std::nullopt);
  (void)backoff.after_crash(std::nullopt);
  EXPECT_EQ(backoff.after_crash(2s), 0s);
  EXPECT_EQ(backoff.after_crash(std::nullopt), 1s);
}

TEST(Backoff, DoublesForFailedLoadsUntilOneSucceeds) {
  Backoff backoff;
  for (const auto expected : {5s, 10s, 20s, 40s, 60s, 60s})
    EXPECT_EQ(backoff.after_failed_load(), expected);
  backoff.loaded();
  EXPECT_EQ(backoff.after_failed_load(), 5s);
}

TEST(Backoff, StaysAtItsLongestHoweverOften) {
  Backoff backoff;
  for (int i = 0; i < 1000; ++i) (void)backoff.after_crash(std::nullopt);
  EXPECT_EQ(backoff.after_crash(std::nullopt), 60s);
}

}  // namespace
}  // namespace warp::supervisor
