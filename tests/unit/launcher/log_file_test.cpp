#include "launcher/host/log_file.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "launcher/host/files.hpp"
#include "launcher/host/subprocess.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;

constexpr uid_t kSomebody = 4321;

class LogFile : public testing::Test {
 protected:
  // What the program's start comes to, once it has ended.
  [[nodiscard]] Result<> start(const std::optional<Account>& user = {}) const {
    const Command command{.arguments = {"/bin/sh", "-c", "echo said; echo complained >&2"},
                          .environment = {{"PATH", "/usr/bin:/bin"}},
                          .directory = "/",
                          .user = user};
    const auto pid = start_process(command, {.log = path_.c_str()}, SIGKILL);
    if (!pid) return tl::unexpected(pid.error());
    ::waitpid(*pid, nullptr, 0);
    return {};
  }
  [[nodiscard]] std::string refusal(const std::optional<Account>& user = {}) const {
    const auto started = start(user);
    return started ? std::string() : started.error().detail;
  }

  TemporaryDirectory folder_;
  std::string path_ = folder_.path() + "/queue.log";
  Account somebody_{
      .name = "x", .group = "x", .home = "/", .uid = kSomebody, .gid = kSomebody, .groups = {}};
};

TEST_F(LogFile, TakesBothOutputsAtItsEnd) {
  ASSERT_TRUE(start());
  ASSERT_TRUE(start());
  EXPECT_EQ(read_text(path_).value_or(""), "said\ncomplained\nsaid\ncomplained\n");
}

TEST_F(LogFile, IsNotWaitedForWhenItIsAFifo) {
  ASSERT_EQ(::mkfifo(path_.c_str(), 0666), 0);
  EXPECT_THAT(refusal(), HasSubstr("open " + path_ + ": No such device or address"));
  const UniqueFd reader(::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
  EXPECT_THAT(refusal(), HasSubstr("a regular file"));
}

TEST_F(LogFile, IsNotWrittenThroughALink) {
  const std::string target = folder_.write("target", "");
  ASSERT_EQ(::symlink(target.c_str(), path_.c_str()), 0);
  EXPECT_THAT(refusal(), HasSubstr("no link"));
}

TEST_F(LogFile, MayWaitOnceItIsOpen) {
  const UniqueFd log(open_log_file(AT_FDCWD, path_.c_str()));
  ASSERT_TRUE(log);
  EXPECT_EQ(::fcntl(log.get(), F_GETFL) & (O_NONBLOCK | O_APPEND), O_APPEND);
}

TEST_F(LogFile, IsOpenedAsTheUser) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can become another user";
  EXPECT_THAT(refusal(somebody_), HasSubstr("as user x: Permission denied"));
  ASSERT_EQ(::chown(folder_.path().c_str(), kSomebody, kSomebody), 0);
  ASSERT_TRUE(start(somebody_));
  struct stat facts {};
  ASSERT_EQ(::stat(path_.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_uid, kSomebody);
}

TEST_F(LogFile, IsMadeForTheUserInAFolderOfRoot) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root has folders of root";
  const auto log = open_log_in_folder_of_root(path_, kSomebody, kSomebody);
  ASSERT_TRUE(log && *log);
  struct stat facts {};
  ASSERT_EQ(::fstat(log->get(), &facts), 0);
  EXPECT_EQ(facts.st_uid, kSomebody);
}

TEST_F(LogFile, IsNotOpenedByRootWhereOthersMayChangeThePath) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root has folders of root";
  const std::string link = folder_.path() + "/link";
  const std::string below = folder_.path() + "/below";
  ASSERT_EQ(::mkdir(below.c_str(), 0755), 0);
  ASSERT_EQ(::symlink(below.c_str(), link.c_str()), 0);
  const auto is_opened = [](const std::string& path) {
    const auto log = open_log_in_folder_of_root(path, kSomebody, kSomebody);
    return log && *log;
  };
  EXPECT_TRUE(is_opened(below + "/queue.log"));
  EXPECT_FALSE(is_opened(link + "/queue.log"));
  EXPECT_FALSE(is_opened(below + "/../queue.log"));
  ASSERT_EQ(::chown(folder_.path().c_str(), kSomebody, kSomebody), 0);
  EXPECT_FALSE(is_opened(below + "/queue.log"));
}

}  // namespace
}  // namespace warp
