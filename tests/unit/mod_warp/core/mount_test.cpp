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

std::string split_at(std::string_view path, std::size_t at) {
  const auto split = split_path(path, at);
  return split ? std::string(split->script_name) + "|" + std::string(split->path_info) : "no";
}

TEST(SplitPath, SplitsAtTheEndOfASegment) {
  EXPECT_EQ(split_at("/a/b/c", 4), "/a/b|/c");
  EXPECT_EQ(split_at("/a/b", 4), "/a/b|");
}

TEST(SplitPath, LeavesSlashesToThePathInfo) {
  EXPECT_EQ(split_at("/a/b/c", 5), "/a/b|/c");
  EXPECT_EQ(split_at("/a/", 3), "/a|/");
  EXPECT_EQ(split_at("/a", 1), "|/a");
}

TEST(SplitPath, RefusesTheMiddleOfASegment) {
  EXPECT_EQ(split_at("/abc", 3), "no");
  EXPECT_EQ(split_at("*", 1), "no");
}

TEST(SplitBefore, SplitsBeforeThePathInfo) {
  EXPECT_EQ(split_before("/a/file.x/more", "/more").script_name, "/a/file.x");
  EXPECT_EQ(split_before("/a/file.x/more", "/more").path_info, "/more");
  EXPECT_EQ(split_before("/a/file.x", "").script_name, "/a/file.x");
}

TEST(SplitBefore, GivesAFolderNoSlashAtItsEnd) {
  EXPECT_EQ(split_before("/", "").script_name, "");
  EXPECT_EQ(split_before("/", "").path_info, "/");
}

TEST(SplitBefore, TakesAPathInfoThatIsNotThereForNone) {
  EXPECT_EQ(split_before("/a/b", "/c").script_name, "/a/b");
  EXPECT_EQ(split_before("/a/b", "/c").path_info, "");
}

}  // namespace
}  // namespace warp::core
