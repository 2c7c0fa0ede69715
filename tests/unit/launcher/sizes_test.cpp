#include "launcher/plan/sizes.hpp"

#include <gtest/gtest.h>

namespace warp {
namespace {

Settings settings_of(unsigned processes, unsigned threads, unsigned max_clients = 0) {
  Settings settings;
  settings.processes = processes;
  settings.threads = threads;
  settings.max_clients = max_clients;
  return settings;
}

TEST(Sizes, LeaveRoomForKeepAliveClients) {
  const Sizes sizes = plan_sizes(settings_of(2, 5), Mpm::kEvent);
  EXPECT_GE(sizes.capacity, 128U);
  EXPECT_EQ(sizes.capacity, sizes.children * sizes.threads_per_child);
}

TEST(Sizes, ServeOnWhenOneChildCrashes) {
  EXPECT_GE(plan_sizes(settings_of(1, 1, 1), Mpm::kEvent).children, 2U);
}

TEST(Sizes, KeepAllApplicationThreadsBusy) {
  for (const Mpm mpm : {Mpm::kEvent, Mpm::kWorker, Mpm::kPrefork})
    EXPECT_GT(plan_sizes(settings_of(32, 32, 8), mpm).capacity, 1024U);
}

TEST(Sizes, FollowMaxClients) {
  EXPECT_EQ(plan_sizes(settings_of(1, 5, 300), Mpm::kPrefork).capacity, 300U);
  EXPECT_GE(plan_sizes(settings_of(1, 5, 300), Mpm::kEvent).capacity, 300U);
  EXPECT_LE(plan_sizes(settings_of(1, 5, 20), Mpm::kEvent).capacity, 50U);
}

TEST(Sizes, FitIntoALimitOfTasks) {
  for (const Mpm mpm : {Mpm::kEvent, Mpm::kWorker, Mpm::kPrefork}) {
    const Settings settings = settings_of(1, 5);
    const Sizes sizes = plan_sizes(settings, mpm, 100);
    EXPECT_LE(most_tasks(settings, sizes), 100U) << static_cast<int>(mpm);
    EXPECT_GE(sizes.capacity, 15U);
  }
}

TEST(Sizes, FitIntoAnyLimitOfTasksThatIsEnough) {
  const Settings settings = settings_of(8, 30);
  for (unsigned tasks = 1100; tasks < 2000; ++tasks)
    ASSERT_LE(most_tasks(settings, plan_sizes(settings, Mpm::kEvent, tasks)), tasks);
}

TEST(Sizes, AreTheSameWhenALimitOfTasksIsFarAway) {
  EXPECT_EQ(plan_sizes(settings_of(2, 5), Mpm::kEvent, 2048).capacity,
            plan_sizes(settings_of(2, 5), Mpm::kEvent).capacity);
}

TEST(Sizes, KeepTheApplicationBusyWhateverTheLimitOfTasks) {
  const Settings settings = settings_of(4, 15);
  const Sizes sizes = plan_sizes(settings, Mpm::kEvent, 50);
  EXPECT_GE(sizes.capacity, 70U);
  EXPECT_GT(most_tasks(settings, sizes), 50U);
}

TEST(Sizes, AreTheUsersWhateverTheLimitOfTasks) {
  EXPECT_GE(plan_sizes(settings_of(1, 5, 300), Mpm::kEvent, 100).capacity, 300U);
}

Settings with_management(Settings settings, unsigned queue_limit) {
  settings.management_port = 9180;
  settings.queue_limit = queue_limit;
  return settings;
}

TEST(Sizes, LeaveThreadsForManagementWhenAllThatMayWaitWaits) {
  const Settings settings = with_management(settings_of(2, 15), 100);
  const Sizes sizes = plan_sizes(settings, Mpm::kEvent);
  EXPECT_EQ(queue_limit_for(settings, sizes), 100U);
  EXPECT_GE(sizes.capacity, 30U + 100U + 16U);
}

TEST(Sizes, LetFewerWaitWhereTheUserWantsASmallServer) {
  Settings settings = with_management(settings_of(1, 5, 60), 100);
  const Sizes sizes = plan_sizes(settings, Mpm::kPrefork);
  EXPECT_EQ(queue_limit_for(settings, sizes), 60U - 5U - 16U);
  settings.max_clients = 1;
  EXPECT_EQ(queue_limit_for(settings, plan_sizes(settings, Mpm::kPrefork)), 0U);
}

TEST(Sizes, DoNotGrowWithAQueueBeyondReason) {
  const Settings settings = with_management(settings_of(1, 5), 10'000);
  const Sizes sizes = plan_sizes(settings, Mpm::kEvent);
  EXPECT_LT(sizes.capacity, 1'100U);
  EXPECT_LT(queue_limit_for(settings, sizes), 1'100U);
}

TEST(Sizes, LeaveTheQueueAloneWithoutManagement) {
  Settings settings = settings_of(2, 15);
  settings.queue_limit = 10'000;
  EXPECT_EQ(queue_limit_for(settings, plan_sizes(settings, Mpm::kEvent)), 10'000U);
}

TEST(Sizes, LeaveSlotsForAGracefulRestart) {
  for (const Mpm mpm : {Mpm::kEvent, Mpm::kPrefork}) {
    const Sizes sizes = plan_sizes(settings_of(4, 15), mpm);
    EXPECT_GE(sizes.server_limit, 2 * sizes.children);
  }
}

}  // namespace
}  // namespace warp
