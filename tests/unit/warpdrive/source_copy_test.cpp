#include "launcher/image/source_copy.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "launcher/host/files.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

class SourceCopyTest : public testing::Test {
 protected:
  SourceCopyTest() { source_.write("wsgi.py", "application = 1\n"); }

  CopiedSource copy() {
    const auto rules = ignore_rules_of(source_.path());
    const auto copied = copy_source(source_.path(), *rules, target_ / "src", StopSignals());
    EXPECT_TRUE(copied) << copied.error().detail;
    return copied.value_or(CopiedSource{});
  }
  [[nodiscard]] bool has(std::string_view name) const {
    return is_file(target_ / ("src/" + std::string(name)));
  }

  TemporaryDirectory source_;
  TemporaryDirectory target_;
};

TEST_F(SourceCopyTest, LeavesOutVersionControlAndVirtualEnvironments) {
  source_.write(".git/HEAD");
  source_.write("module/.git", "gitdir: elsewhere");
  source_.write("anything/pyvenv.cfg");
  source_.write("anything/bin/python");
  source_.write(".warpdrive/state/built/dependencies");
  source_.write(".warpdrive/environment", "A=1\n");
  const CopiedSource copied = copy();
  EXPECT_EQ(copied.files, 2U);
  EXPECT_EQ(copied.left_out, 4U);
  EXPECT_TRUE(has("wsgi.py"));
  EXPECT_TRUE(has(".warpdrive/environment"));
}

TEST_F(SourceCopyTest, GoesByBothIgnoreFiles) {
  source_.write(".dockerignore", ".env\n*.log\n");
  source_.write(".s2iignore", "!kept.log\ndocs\n");
  for (const char* const name : {".env", "a.log", "kept.log", "docs/index.md"}) source_.write(name);
  copy();
  EXPECT_FALSE(has(".env"));
  EXPECT_FALSE(has("a.log"));
  EXPECT_TRUE(has("kept.log"));
  EXPECT_FALSE(is_directory(target_ / "src/docs"));
}

TEST_F(SourceCopyTest, TakesBackInWhatIsInAFolderThatIsLeftOut) {
  source_.write(".dockerignore", "docs\n!docs/needed.md\n");
  source_.write("docs/needed.md");
  source_.write("docs/other.md");
  copy();
  EXPECT_TRUE(has("docs/needed.md"));
  EXPECT_FALSE(has("docs/other.md"));
}

TEST_F(SourceCopyTest, KeepsModesAndLinks) {
  source_.write_program(".warpdrive/action_hooks/build");
  std::filesystem::create_symlink("wsgi.py", source_ / "link.py");
  std::filesystem::create_directory_symlink("/", source_ / "everything");
  EXPECT_EQ(copy().files, 2U);
  EXPECT_TRUE(is_executable(target_ / "src/.warpdrive/action_hooks/build"));
  EXPECT_EQ(std::filesystem::read_symlink(target_ / "src/link.py"), "wsgi.py");
  EXPECT_TRUE(std::filesystem::is_symlink(target_ / "src/everything"));
}

TEST_F(SourceCopyTest, KeepsTheNamesOfAFolderWrittenWithASlash) {
  source_.write(".warpdrive/state/built/dependencies");
  for (const std::string slashes : {"/", "//"}) {
    const std::string target = target_ / "src" + slashes;
    const auto copied = copy_source(source_.path() + slashes, IgnoreRules{}, target, StopSignals());
    ASSERT_TRUE(copied);
    EXPECT_TRUE(is_file(target + "/wsgi.py"));
    EXPECT_FALSE(is_directory(target + "/.warpdrive/state"));
    std::filesystem::remove_all(target);
  }
}

TEST_F(SourceCopyTest, IsRefusedWhenNothingIsLeft) {
  source_.write(".dockerignore", "*\n");
  const auto copied =
      copy_source(source_.path(), *ignore_rules_of(source_.path()), target_ / "src", StopSignals());
  ASSERT_FALSE(copied);
  EXPECT_EQ(copied.error().code, Errc::kNotFound);
}

TEST_F(SourceCopyTest, EndsAtAnOrderToStop) {
  const StopSignals stopped(UniqueFd(::open("/dev/zero", O_RDONLY | O_CLOEXEC)));
  const auto copied =
      copy_source(source_.path(), *ignore_rules_of(source_.path()), target_ / "src", stopped);
  ASSERT_FALSE(copied);
  EXPECT_EQ(copied.error().code, Errc::kClosed);
  EXPECT_FALSE(has("wsgi.py"));
}

TEST(ScratchFolder, GoesWithItsOwner) {
  const TemporaryDirectory parent;
  std::string path;
  {
    const auto scratch = ScratchFolder::make(parent.path());
    ASSERT_TRUE(scratch);
    path = scratch->path();
    EXPECT_TRUE(is_directory(path));
  }
  EXPECT_FALSE(is_directory(path));
}

}  // namespace
}  // namespace warp
