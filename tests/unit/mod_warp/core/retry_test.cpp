#include "mod_warp/core/retry.hpp"

#include <gtest/gtest.h>

#include "base/backoff.hpp"

namespace warp::core {
namespace {

constexpr bool kSafe = true;
constexpr bool kUnsafe = false;
constexpr bool kInTime = false;
constexpr bool kLate = true;

TEST(IsSafeMethod, KnowsTheSafeOnes) {
  EXPECT_TRUE(is_safe_method("GET") && is_safe_method("HEAD") && is_safe_method("OPTIONS"));
  EXPECT_FALSE(is_safe_method("POST") || is_safe_method("get") || is_safe_method(""));
}

TEST(Retry, RepeatsAnyMethodThatWasNotStarted) {
  Retry retry(kUnsafe);
  EXPECT_EQ(retry.after(Failure::kNotStarted, kInTime), Verdict::kTryAgain);
  EXPECT_EQ(retry.after(Failure::kConnectorFull, kInTime), Verdict::kTryAgain);
  EXPECT_EQ(retry.after(Failure::kDiedBefore, kInTime), Verdict::kTryAgain);
}

TEST(Retry, GivesUpWhenItIsLate) {
  Retry retry(kSafe);
  EXPECT_EQ(retry.after(Failure::kNotStarted, kLate), Verdict::kUnavailable);
}

TEST(Retry, RepeatsASafeMethodOnceAfterADeath) {
  Retry retry(kSafe);
  EXPECT_EQ(retry.after(Failure::kDied, kInTime), Verdict::kTryAgain);
  EXPECT_EQ(retry.after(Failure::kDied, kInTime), Verdict::kBadGateway);
}

TEST(Retry, DoesNotRepeatAnUnsafeMethodAfterADeath) {
  Retry retry(kUnsafe);
  EXPECT_EQ(retry.after(Failure::kDied, kInTime), Verdict::kBadGateway);
}

TEST(Retry, DoesNotRepeatWhenTheBodyIsGone) {
  Retry retry(kSafe);
  retry.body_was_consumed();
  EXPECT_EQ(retry.after(Failure::kDied, kInTime), Verdict::kBadGateway);
  EXPECT_EQ(retry.after(Failure::kNotStarted, kInTime), Verdict::kUnavailable);
}

TEST(Retry, SaysUnavailableAtOnceWithoutWorkers) {
  Retry retry(kSafe);
  EXPECT_EQ(retry.after(Failure::kNoWorker, kInTime), Verdict::kUnavailable);
}

TEST(Retry, EndsForABystanderOfManyDeaths) {
  Retry retry(kUnsafe);
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(retry.after(Failure::kDiedBefore, kInTime), Verdict::kTryAgain);
  EXPECT_EQ(retry.after(Failure::kDiedBefore, kInTime), Verdict::kBadGateway);
}

TEST(Retry, RefusesWhatHasNoPlaceInTheQueue) {
  Retry retry(kSafe);
  EXPECT_EQ(retry.after(Failure::kQueueFull, kInTime), Verdict::kUnavailable);
  EXPECT_EQ(retry.after(Failure::kPoison, kInTime), Verdict::kUnavailable);
  EXPECT_EQ(retry.after(Failure::kQueueTimeout, kInTime), Verdict::kGatewayTimeout);
}

TEST(Retry, NeverRepeatsTimeoutsAndGarbage) {
  Retry retry(kSafe);
  EXPECT_EQ(retry.after(Failure::kTimeout, kInTime), Verdict::kGatewayTimeout);
  EXPECT_EQ(retry.after(Failure::kGarbage, kInTime), Verdict::kBadGateway);
}

TEST(Retry, PausesOnlyAfterSomeTriesAndNotForLong) {
  Retry retry(kSafe);
  for (int i = 0; i < 3; ++i) (void)retry.after(Failure::kNotStarted, kInTime);
  EXPECT_EQ(retry.pause().count(), 0);
  (void)retry.after(Failure::kNotStarted, kInTime);
  EXPECT_EQ(retry.pause().count(), 5);
  for (int i = 0; i < 1000; ++i) (void)retry.after(Failure::kNotStarted, kInTime);
  EXPECT_EQ(retry.pause().count(), 200);
}

TEST(Backoff, IsNoneAfterALongLife) {
  Backoff backoff;
  EXPECT_EQ(backoff.after_life_of(std::chrono::seconds(11)).count(), 0);
}

TEST(Backoff, DoublesUpToAMinute) {
  Backoff backoff;
  for (const int seconds : {1, 2, 4, 8, 16, 32, 60, 60})
    EXPECT_EQ(backoff.after_life_of(std::chrono::seconds(1)).count(), seconds);
}

TEST(Backoff, BeginsAnewAfterALongLife) {
  Backoff backoff;
  (void)backoff.after_life_of(std::chrono::seconds(1));
  (void)backoff.after_life_of(std::chrono::seconds(1));
  (void)backoff.after_life_of(std::chrono::minutes(1));
  EXPECT_EQ(backoff.after_life_of(std::chrono::seconds(1)).count(), 1);
}

}  // namespace
}  // namespace warp::core
