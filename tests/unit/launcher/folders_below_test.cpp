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
  EXPECT_THAT(
      folders_below(folder.path()),
      ElementsAre(ElementsAre(folder / "one"), ElementsAre(folder / "services/two"), IsEmpty()));
}

TEST(FoldersBelow, LeaveOtherPeoplesCodeOut) {
  const TemporaryDirectory folder;
  for (const char* const name : {".git", "node_modules", "tests", "site-packages"})
    folder.write(std::string(name) + "/app.py");
  folder.write("mine/pyvenv.cfg");
  folder.write("mine/app.py");
  EXPECT_THAT(folders_below(folder.path())[0], IsEmpty());
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
