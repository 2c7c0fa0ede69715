#include "figures/chronicle.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

namespace warp::figures {
namespace {

TEST(Chronicle, GoesOnWhereAnotherProcessHasEnded) {
  const UniqueFd memory = Chronicle::create().value();
  Chronicle::map(memory.get())->count(RestartReason::kReload);
  const Chronicle next = Chronicle::map(memory.get()).value();
  next.count(RestartReason::kReload);
  next.count(WorkerDeath::kDeadlock);
  next.count_supervisor();
  next.count({.nanoseconds = 7, .takings = 1});
  next.count({.nanoseconds = 8, .takings = 2});
  const ChronicleTotals totals = next.totals();
  EXPECT_EQ(totals.restarts[static_cast<std::size_t>(RestartReason::kReload)], 2U);
  EXPECT_EQ(totals.restarts[static_cast<std::size_t>(RestartReason::kCrash)], 0U);
  EXPECT_EQ(totals.deaths[static_cast<std::size_t>(WorkerDeath::kDeadlock)], 1U);
  EXPECT_EQ(totals.supervisors, 1U);
  EXPECT_EQ(totals.lock_waits.nanoseconds, 15U);
  EXPECT_EQ(totals.lock_waits.takings, 3U);
}

TEST(Chronicle, RefusesMemoryOfAnotherBuild) {
  const UniqueFd memory = create_memory("other", 4096).value();
  EXPECT_EQ(Chronicle::map(memory.get()).error().code, Errc::kProtocol);
}

TEST(Chronicle, NamesItsReasons) {
  EXPECT_EQ(text_of(WorkerDeath::kMemoryHardLimit), "memory-hard-limit");
  EXPECT_EQ(text_of(RestartReason::kStandstill), "standstill");
}

}  // namespace
}  // namespace warp::figures
