#include "mod_warp/core/worker_patience.hpp"

#include <gtest/gtest.h>

namespace warp::core {
namespace {

using std::chrono::seconds;
using Waits = WorkerPatience::Waits;

const WorkerPatience::TimePoint kSent{std::chrono::hours(1)};

class WorkerPatienceTest : public testing::Test {
 protected:
  static bool ends_at(const WorkerPatience& patience, std::chrono::nanoseconds after) {
    return patience.end() == kSent + after;
  }
  WorkerPatience patience_{kSent, {.queue_end = kSent + seconds(45), .silence = seconds(10)}};
};

TEST_F(WorkerPatienceTest, CountsFromTheSendingWithAFreeThread) {
  patience_.see({.now = kSent + seconds(1), .started = {}, .is_crowded = false});
  EXPECT_TRUE(ends_at(patience_, seconds(10)));
  EXPECT_EQ(patience_.waits(), Waits::kForApplication);
  EXPECT_FALSE(patience_.is_certain());
}

TEST_F(WorkerPatienceTest, CountsFromTheCallOfTheApplication) {
  patience_.see({.now = kSent + seconds(9), .started = {}, .is_crowded = true});
  EXPECT_TRUE(ends_at(patience_, seconds(45)));
  EXPECT_EQ(patience_.waits(), Waits::kForThread);
  patience_.see({.now = kSent + seconds(21), .started = kSent + seconds(20), .is_crowded = true});
  EXPECT_TRUE(ends_at(patience_, seconds(30)));
  EXPECT_EQ(patience_.waits(), Waits::kForApplication);
  EXPECT_TRUE(patience_.is_certain());
}

TEST_F(WorkerPatienceTest, GivesOneThatHasJustBeenLetInAMoment) {
  patience_.see({.now = kSent + seconds(20), .started = {}, .is_crowded = true});
  patience_.see({.now = kSent + seconds(20), .started = {}, .is_crowded = false});
  EXPECT_TRUE(ends_at(patience_, seconds(20) + std::chrono::milliseconds(100)));
}

TEST_F(WorkerPatienceTest, BelievesNoTimeThatCannotBe) {
  WorkerPatience early = patience_;
  early.see({.now = kSent + seconds(5), .started = kSent - seconds(900), .is_crowded = false});
  EXPECT_TRUE(ends_at(early, seconds(10)));
  WorkerPatience late = patience_;
  late.see({.now = kSent + seconds(5), .started = kSent + seconds(900), .is_crowded = false});
  EXPECT_TRUE(ends_at(late, seconds(15)));
}

TEST_F(WorkerPatienceTest, BeginsAnewWithEverySignOfLife) {
  patience_.heard(kSent + seconds(50));
  EXPECT_TRUE(ends_at(patience_, seconds(60)));
  patience_.see({.now = kSent + seconds(51), .started = kSent + seconds(1), .is_crowded = true});
  EXPECT_TRUE(ends_at(patience_, seconds(60)));
}

}  // namespace
}  // namespace warp::core
