#include "mod_warp/child/journey.hpp"

#include <gmock/gmock.h>

namespace warp {

// The real one needs httpd's headers; only its address counts.
struct ProcessGroup {};

namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using testing::Optional;

const Journey::TimePoint kStart{std::chrono::hours(1)};

Journey begun() {
  static const ProcessGroup group;
  Journey journey;
  journey.begin(group, kStart);
  return journey;
}

TEST(Journey, AddsUpTheTimeOfEachPhase) {
  Journey journey = begun();
  journey.enter_worker(2, kStart + milliseconds(10));
  journey.enter(Phase::kQueue, kStart + milliseconds(110));
  journey.enter_worker(3, kStart + milliseconds(130));
  journey.enter(Phase::kDelivery, kStart + milliseconds(330));
  journey.enter(Phase::kDelivery, kStart + seconds(9));
  EXPECT_EQ(journey.spent(Phase::kQueue), milliseconds(30));
  EXPECT_EQ(journey.spent(Phase::kWorker), milliseconds(300));
  EXPECT_THAT(journey.slot(), Optional(3U));
}

TEST(Journey, HasBeenInNoWorkerAtFirst) {
  EXPECT_EQ(begun().slot(), std::nullopt);
  EXPECT_EQ(Journey().group(), nullptr);
}

TEST(Journey, TakesAWaitWithinAWorkerForQueueing) {
  Journey journey = begun();
  journey.enter_worker(0, kStart);
  journey.waited_in_worker(milliseconds(70), kStart + milliseconds(100));
  journey.enter(Phase::kDelivery, kStart + milliseconds(100));
  EXPECT_EQ(journey.spent(Phase::kQueue), milliseconds(70));
  EXPECT_EQ(journey.spent(Phase::kWorker), milliseconds(30));
}

// By a worker's word.
TEST(Journey, BoundsAWaitWithinAWorker) {
  for (const auto told : {nanoseconds(seconds(1'000)), nanoseconds(seconds(-5))}) {
    Journey journey = begun();
    journey.enter_worker(0, kStart);
    journey.waited_in_worker(told, kStart + milliseconds(100));
    journey.enter(Phase::kDelivery, kStart + milliseconds(100));
    const bool is_long = told.count() > 0;
    EXPECT_EQ(journey.spent(Phase::kQueue), milliseconds(is_long ? 100 : 0));
    EXPECT_EQ(journey.spent(Phase::kWorker), milliseconds(is_long ? 0 : 100));
  }
}

}  // namespace
}  // namespace warp
