#include "mod_warp/core/mount.hpp"

#include <gmock/gmock.h>

namespace warp::core {
namespace {

using testing::Optional;

TEST(MountUrl, LosesItsTrailingSlash) {
  EXPECT_EQ(*mount_url("/app/"), "/app");
  EXPECT_EQ(*mount_url("/"), "");
}

TEST(MountUrl, CollapsesRepeatedSlashes) { EXPECT_EQ(*mount_url("//a//b//"), "/a/b"); }

TEST(MountUrl, RefusesWhatIsNoPath) {
  for (const char* const text : {"", "app", "http://host/", "/a?b", "/a#b"})
    EXPECT_FALSE(mount_url(text)) << text;
}

TEST(PathBelow, IsTheRestAfterTheMount) {
  EXPECT_THAT(path_below("/app", "/app/x/y"), Optional(std::string_view("/x/y")));
  EXPECT_THAT(path_below("/app", "/app"), Optional(std::string_view("")));
  EXPECT_THAT(path_below("/app", "/app/"), Optional(std::string_view("/")));
}

TEST(PathBelow, StopsAtSegmentBoundaries) {
  EXPECT_EQ(path_below("/app", "/application"), std::nullopt);
  EXPECT_EQ(path_below("/app", "/ap"), std::nullopt);
}

TEST(PathBelow, CoversEverythingForTheRoot) {
  EXPECT_THAT(path_below("", "/"), Optional(std::string_view("/")));
  EXPECT_THAT(path_below("", "/x"), Optional(std::string_view("/x")));
}

TEST(PathBelow, LeavesOptionsStarAlone) { EXPECT_EQ(path_below("", "*"), std::nullopt); }

TEST(PathBelow, TakesRepeatedSlashesForOne) {
  EXPECT_THAT(path_below("/a/b", "//a///b//c"), Optional(std::string_view("//c")));
}

TEST(IsTriedBefore, PrefersTheLongerMount) {
  EXPECT_TRUE(is_tried_before("/app/admin", "/app"));
  EXPECT_FALSE(is_tried_before("", "/app"));
}

TEST(CollapseSlashes, LeavesSingleOnesAlone) { EXPECT_EQ(collapse_slashes("//a/b///c"), "/a/b/c"); }

}  // namespace
}  // namespace warp::core
