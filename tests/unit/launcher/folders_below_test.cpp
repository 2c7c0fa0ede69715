#include "launcher/detect/folders_below.hpp"

#include <gmock/gmock.h>

#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(FoldersBelow, AreThoseWithAMarkLevelByLevel) {
  const TemporaryDirectory folder;
  folder.write("one/manage.py");
  folder.write("services/two/app.py");
  folder.write("other/text.txt");
  const auto levels = folders_below(folder.path());
  ASSERT_EQ(levels.size(), 3U);
  EXPECT_THAT(levels[0].folders, ElementsAre(folder / "one"));
  EXPECT_THAT(levels[1].folders, ElementsAre(folder / "services/two"));
  EXPECT_THAT(levels[2].folders, IsEmpty());
  EXPECT_FALSE(levels[0].is_cut || levels[1].is_cut || levels[2].is_cut);
}

TEST(FoldersBelow, AreFoundAmongManyThatAreNone) {
  const TemporaryDirectory folder;
  for (int i = 0; i < 100; ++i) folder.make_folder("data" + std::to_string(i));
  folder.write("shop/app.py");
  const auto levels = folders_below(folder.path());
  EXPECT_THAT(levels[0].folders, ElementsAre(folder / "shop"));
  EXPECT_FALSE(levels[0].is_cut);
}

TEST(FoldersBelow, SayWhenThereAreMore) {
  const TemporaryDirectory folder;
  for (int i = 0; i < 70; ++i) folder.write("site" + std::to_string(i) + "/app.py");
  const auto levels = folders_below(folder.path());
  EXPECT_EQ(levels[0].folders.size(), 64U);
  EXPECT_TRUE(levels[0].is_cut);
  // Their own folders are all looked at.
  EXPECT_FALSE(levels[1].is_cut);
}

TEST(FoldersBelow, SayWhenThereAreTooManyToWalk) {
  const TemporaryDirectory folder;
  for (int i = 0; i < 2001; ++i) folder.make_folder(std::to_string(i));
  const auto levels = folders_below(folder.path());
  EXPECT_TRUE(levels[0].is_cut && levels[1].is_cut && levels[2].is_cut);
}

TEST(FoldersBelow, LeaveOtherPeoplesCodeOut) {
  const TemporaryDirectory folder;
  for (const char* const name : {".git", "node_modules", "tests", "site-packages"})
    folder.write(std::string(name) + "/app.py");
  folder.write("mine/pyvenv.cfg");
  folder.write("mine/app.py");
  EXPECT_THAT(folders_below(folder.path())[0].folders, IsEmpty());
  EXPECT_FALSE(may_hold_project(folder.path()));
}

TEST(Folder, MayHoldAProjectBelow) {
  const TemporaryDirectory folder;
  folder.write("README.md");
  EXPECT_FALSE(may_hold_project(folder.path()));
  folder.write("a/b/c/shop.py");
  EXPECT_TRUE(may_hold_project(folder.path()));
}

}  // namespace
}  // namespace warp
