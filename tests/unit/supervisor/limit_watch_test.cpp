#include "supervisor/limit_watch.hpp"

#include <gtest/gtest.h>

namespace warp::supervisor {
namespace {

using namespace std::chrono_literals;

constexpr Clock::time_point kStart{1h};

std::optional<RestartReason> seen_at(LimitWatch& watch, std::chrono::milliseconds after,
                                     Observation seen = {}) {
  seen.now = kStart + after;
  return watch.look(seen);
}

TEST(LimitWatch, IsNotNeededWithoutLimits) {
  EXPECT_FALSE(has_limits({}));
  wire::GroupConfig config;
  config.restart_interval = 1s;
  EXPECT_TRUE(has_limits(config));
}

TEST(LimitWatch, RestartsAfterTheIntervalAndUpToATenthMore) {
  wire::GroupConfig config;
  config.restart_interval = 100s;
  LimitWatch watch(config, kStart);
  EXPECT_EQ(seen_at(watch, 99s), std::nullopt);
  EXPECT_EQ(seen_at(watch, 110s), RestartReason::kRestartInterval);
}

TEST(LimitWatch, SpreadsRestartsOfWorkersThatStartedTogether) {
  wire::GroupConfig config;
  config.restart_interval = 1000s;
  int early = 0;
  constexpr int kWorkers = 200;
  for (int i = 0; i < kWorkers; ++i) {
    LimitWatch watch(config, kStart);
    if (seen_at(watch, 1050s)) ++early;
  }
  EXPECT_GT(early, 0);
  EXPECT_LT(early, kWorkers);
}

TEST(LimitWatch, RestartsAWorkerThatHasServedAndIsIdle) {
  wire::GroupConfig config;
  config.inactivity_timeout = 10s;
  LimitWatch watch(config, kStart);
  EXPECT_EQ(seen_at(watch, 20s), std::nullopt) << "it has served nothing";
  EXPECT_EQ(seen_at(watch, 21s, {.requests_served = 1}), std::nullopt);
  EXPECT_EQ(seen_at(watch, 30s, {.requests_served = 1, .is_busy = true}), std::nullopt);
  EXPECT_EQ(seen_at(watch, 39s, {.requests_served = 1}), std::nullopt);
  EXPECT_EQ(seen_at(watch, 40s, {.requests_served = 1}), RestartReason::kInactivityTimeout);
}

TEST(LimitWatch, RestartsAfterMuchCpuTime) {
  wire::GroupConfig config;
  config.cpu_time_limit = 5s;
  LimitWatch watch(config, kStart);
  EXPECT_EQ(seen_at(watch, 1s, {.figures = {.cpu_time = 4999ms}}), std::nullopt);
  EXPECT_EQ(seen_at(watch, 2s, {.figures = {.cpu_time = 5s}}), RestartReason::kCpuTimeLimit);
}

}  // namespace
}  // namespace warp::supervisor
