#include "mod_warp/shared/group_condition.hpp"

#include <gmock/gmock.h>

namespace warp {
namespace {

using std::chrono::seconds;
using testing::Optional;

const GroupCondition::TimePoint kStart{std::chrono::hours(1)};

TEST(GroupCondition, IsSaturatedSinceTheFirstRequestThatFoundNoThread) {
  GroupCondition condition{};
  EXPECT_EQ(condition.saturated_since(), std::nullopt);
  condition.note_saturation(kStart);
  condition.note_saturation(kStart + seconds(5));
  EXPECT_THAT(condition.saturated_since(), Optional(kStart));
  condition.note_room();
  EXPECT_EQ(condition.saturated_since(), std::nullopt);
}

TEST(GroupCondition, KnowsSinceWhenThereIsNoSupervisor) {
  GroupCondition condition{};
  EXPECT_EQ(condition.supervisor_lost_at(), std::nullopt);
  condition.supervisor_ended(kStart);
  condition.supervisor_ended(kStart + seconds(5));
  EXPECT_THAT(condition.supervisor_lost_at(), Optional(kStart));
  condition.supervisor_started();
  EXPECT_EQ(condition.supervisor_lost_at(), std::nullopt);
}

TEST(GroupCondition, RemembersThatItWasReady) {
  GroupCondition condition{};
  EXPECT_FALSE(condition.was_ready());
  condition.note_ready();
  EXPECT_TRUE(condition.was_ready());
}

}  // namespace
}  // namespace warp
