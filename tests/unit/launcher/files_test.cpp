#include "launcher/host/files.hpp"

#include <gmock/gmock.h>

#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

TEST(Files, AreWrittenWholeWithTheirMode) {
  const TemporaryDirectory folder;
  folder.write("x", "old");
  ASSERT_TRUE(write_atomically(folder / "x", "new", 0640));
  EXPECT_EQ(*read_text(folder / "x"), "new");
  struct stat facts {};
  ::stat((folder / "x").c_str(), &facts);
  EXPECT_EQ(facts.st_mode & 0777U, 0640U);
  EXPECT_THAT(names_in_directory(folder.path()), testing::ElementsAre("x"));
}

TEST(Files, ThatCannotBeWrittenAreNamed) {
  EXPECT_THAT(write_atomically("/no/such/x", "", 0644).error().detail,
              testing::HasSubstr("/no/such/x"));
}

TEST(Absolute, JoinsAndTidiesPaths) {
  EXPECT_EQ(absolute("lib/../x", "/srv/app"), "/srv/app/x");
  EXPECT_EQ(absolute("/etc/", "/srv"), "/etc");
  EXPECT_EQ(absolute(".", "/srv"), "/srv");
  EXPECT_EQ(absolute("/", "/srv"), "/");
}

TEST(LastLines, AreAtMostTheWantedNumber) {
  EXPECT_EQ(last_lines("a\nb\nc\n", 2), "b\nc");
  EXPECT_EQ(last_lines("a", 2), "a");
  EXPECT_EQ(last_lines("", 2), "");
}

}  // namespace
}  // namespace warp
