#include "launcher/build/dependencies.hpp"

#include <gtest/gtest.h>

#include "launcher/build/static_step.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

TEST(Dependencies, GoByTheOnlyFileThatIsThere) {
  const TemporaryDirectory folder;
  EXPECT_EQ(*find_dependencies(folder.path(), false, ""), Dependencies::kNone);
  EXPECT_EQ(*find_dependencies(folder.path(), true, ""), Dependencies::kProject);
  folder.write("poetry.lock");
  EXPECT_EQ(*find_dependencies(folder.path(), true, ""), Dependencies::kPoetry);
}

TEST(Dependencies, AreAmbiguousWithTwoFiles) {
  const TemporaryDirectory folder;
  folder.write("requirements.txt");
  const auto found = find_dependencies(folder.path(), true, "");
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Errc::kAmbiguous);
  EXPECT_NE(found.error().detail.find("--dependencies requirements|project"), std::string::npos);
  EXPECT_EQ(*find_dependencies(folder.path(), true, "project"), Dependencies::kProject);
}

TEST(Dependencies, FollowIncludedRequirements) {
  const TemporaryDirectory folder;
  folder.write("requirements.txt", "-r more/a.txt\n--constraint=b.txt\n-r requirements.txt\n");
  folder.write("more/a.txt", "first\n-c ../b.txt");
  folder.write("b.txt", "second");
  const std::string inputs = inputs_of(Dependencies::kRequirements, folder.path());
  EXPECT_NE(inputs.find("first"), std::string::npos);
  EXPECT_NE(inputs.find("second"), std::string::npos);
}

TEST(Dependencies, FollowIncludesInEveryFormThatPipReads) {
  for (const char* const line :
       {"-r more.txt  # common", "  -r more.txt", "-rmore.txt\t# common", "--requirement more.txt",
        "--constraint\tmore.txt", "-r more.txt\r"}) {
    const TemporaryDirectory folder;
    folder.write("requirements.txt", std::string(line) + "\n");
    folder.write("more.txt", "first");
    EXPECT_NE(inputs_of(Dependencies::kRequirements, folder.path()).find("first"),
              std::string::npos)
        << line;
  }
}

TEST(Dependencies, ChangeWithTheFilesOfAPackageInAFolder) {
  const TemporaryDirectory folder;
  folder.write("more/list.txt", "");
  for (const std::string& line :
       {std::string("./lib"), std::string("lib/"), std::string("-e ./lib"), std::string("."),
        std::string("--editable=./lib  # ours"), std::string("./lib[fast] ; python_version > '3'"),
        std::string("-r more/list.txt\n./lib"), "file:" + folder / "lib",
        "mine @ file://" + folder / "lib#egg=mine", folder / "lib"}) {
    folder.write("requirements.txt", line + "\n");
    folder.write("lib/mine.py", "1");
    const std::string before = inputs_of(Dependencies::kRequirements, folder.path());
    folder.write("lib/mine.py", "12");
    EXPECT_NE(inputs_of(Dependencies::kRequirements, folder.path()), before) << line;
  }
}

TEST(Dependencies, AreNoFolderThatHasTheNameOfAPackage) {
  const TemporaryDirectory folder;
  folder.write("requirements.txt", "lib\n--find-links ./lib\nlib @ https://127.0.0.1/lib/x.whl\n");
  folder.write("lib/mine.py", "1");
  const std::string before = inputs_of(Dependencies::kRequirements, folder.path());
  folder.write("lib/mine.py", "12");
  EXPECT_EQ(inputs_of(Dependencies::kRequirements, folder.path()), before);
}

TEST(Dependencies, OfAProjectChangeWithItsFiles) {
  const TemporaryDirectory folder;
  folder.write("mine.py", "1");
  const std::string before = inputs_of(Dependencies::kProject, folder.path());
  folder.write(".hidden/x", "1");
  folder.write("env/pyvenv.cfg", "1");
  EXPECT_EQ(inputs_of(Dependencies::kProject, folder.path()), before);
  folder.write("mine.py", "12");
  EXPECT_NE(inputs_of(Dependencies::kProject, folder.path()), before);
}

TEST(MissingSecret, IsNamedByTheLastLine) {
  EXPECT_EQ(missing_secret_in("SECRET_A = os.environ['X']\nKeyError: 'MY_SECRET_KEY'\n"),
            "MY_SECRET_KEY");
  EXPECT_EQ(missing_secret_in("Set the SECRET_KEY environment variable"), "SECRET_KEY");
  EXPECT_EQ(missing_secret_in("SECRET_A\nKeyError: 'DATABASE_URL'"), "");
  EXPECT_EQ(missing_secret_in("MySECRETs " + std::string(200'000, 'A')), "");
}

}  // namespace
}  // namespace warp
