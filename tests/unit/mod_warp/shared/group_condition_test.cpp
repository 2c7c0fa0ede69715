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
  EXPECT_EQ(condition.supervisor_lost_at(kStart), std::nullopt);
  condition.supervisor_starts(kStart);
  EXPECT_EQ(condition.supervisor_lost_at(kStart), std::nullopt) << "none was lost yet";
  condition.supervisor_ended(kStart + seconds(60));
  EXPECT_THAT(condition.supervisor_lost_at(kStart + seconds(62)), Optional(kStart + seconds(60)));
}

TEST(GroupCondition, HasASupervisorAgainWhenThatHasLivedForSomeTime) {
  GroupCondition condition{};
  condition.supervisor_ended(kStart);
  condition.supervisor_starts(kStart + seconds(60));
  EXPECT_THAT(condition.supervisor_lost_at(kStart + seconds(61)), Optional(kStart));
  EXPECT_EQ(condition.supervisor_lost_at(kStart + seconds(60) + GroupCondition::kProof),
            std::nullopt);
  condition.supervisor_ended(kStart + seconds(90));
  EXPECT_THAT(condition.supervisor_lost_at(kStart + seconds(91)), Optional(kStart + seconds(90)));
}

TEST(GroupCondition, IsWithoutSupervisorAllThroughALoopOfCrashes) {
  GroupCondition condition{};
  for (const seconds crash : {seconds(0), seconds(3), seconds(9)}) {
    condition.supervisor_starts(kStart + crash - seconds(1));
    condition.supervisor_ended(kStart + crash);
  }
  EXPECT_THAT(condition.supervisor_lost_at(kStart + seconds(40)), Optional(kStart));
}

TEST(GroupCondition, RemembersThatItWasReady) {
  GroupCondition condition{};
  EXPECT_FALSE(condition.was_ready());
  condition.note_ready();
  EXPECT_TRUE(condition.was_ready());
}

}  // namespace
}  // namespace warp
