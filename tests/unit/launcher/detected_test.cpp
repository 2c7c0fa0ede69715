#include "launcher/settings/detected.hpp"

#include <gmock/gmock.h>

namespace warp {
namespace {

TEST(Detected, GoesBeforeTheDefault) {
  const auto settings = with_detected({}, {{"processes", "3", "Procfile:1: --workers"}});
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->processes, 3U);
}

TEST(Detected, GoesAfterWhatSomebodyHasSet) {
  Settings said;
  said.processes = 2;
  said.origins["processes"] = "--processes";
  EXPECT_EQ(with_detected(said, {{"processes", "3", "Procfile:1"}})->processes, 2U);
}

TEST(Detected, IsRefusedOutOfRangeWithItsPlace) {
  const auto settings = with_detected({}, {{"processes", "9999", "Procfile:1: --workers"}});
  ASSERT_FALSE(settings);
  EXPECT_THAT(settings.error().detail, testing::HasSubstr("Procfile:1: --workers"));
}

}  // namespace
}  // namespace warp
