#include "launcher/host/subprocess.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::HasSubstr;

Command shell(const std::string& script) {
  return {.arguments = {"/bin/sh", "-c", script},
          .environment = {{"GREETING", "hello"}, {"PATH", "/usr/bin:/bin"}},
          .directory = "/",
          .time_limit = std::chrono::seconds(20)};
}

TEST(RunToEnd, GivesOutputAnswerAndStatus) {
  const auto finished = run_to_end(shell("echo $GREETING; echo oops >&2; echo 42 >&3; exit 3"));
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->status, 3);
  EXPECT_EQ(finished->output, "hello\noops\n");
  EXPECT_EQ(finished->answer, "42\n");
  EXPECT_FALSE(finished->timed_out);
}

TEST(RunToEnd, KillsAtTheTimeLimit) {
  Command command = shell("exec sleep 600");
  command.time_limit = std::chrono::seconds(0);
  const auto finished = run_to_end(command);
  ASSERT_TRUE(finished);
  EXPECT_TRUE(finished->timed_out);
  EXPECT_EQ(finished->status, 128 + SIGKILL);
}

TEST(RunToEnd, KillsAProgramThatClosesItsOutputAndGoesOn) {
  Command command = shell("exec >/dev/null 2>&1 3>&-; sleep 600");
  command.time_limit = std::chrono::seconds(1);
  const auto finished = run_to_end(command);
  ASSERT_TRUE(finished);
  EXPECT_TRUE(finished->timed_out);
}

TEST(RunToEnd, EndsAtAStopSignal) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const UniqueFd reader(ends[0]);
  const UniqueFd writer(ends[1]);
  ASSERT_EQ(::write(writer.get(), "x", 1), 1);
  const auto finished = run_to_end(shell("exec sleep 600"), reader.get());
  ASSERT_FALSE(finished);
  EXPECT_EQ(finished.error().code, Errc::kClosed);
}

TEST(RunToEnd, SaysWhyAProgramDoesNotStart) {
  Command command = shell("");
  command.arguments[0] = "/no/such/program";
  const auto finished = run_to_end(command);
  ASSERT_FALSE(finished);
  EXPECT_THAT(finished.error().detail, HasSubstr("/no/such/program: No such file"));
}

TEST(RunToEnd, KeepsTheEndOfALongOutput) {
  const auto finished = run_to_end(shell("head -c 1000000 /dev/zero | tr '\\0' x; echo end"));
  ASSERT_TRUE(finished);
  EXPECT_LT(finished->output.size(), 200000U);
  EXPECT_TRUE(finished->output.ends_with("xend\n"));
}

TEST(RunToEnd, BecomesTheUser) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can become another user";
  Command command = shell("id -u; id -g; id -G");
  command.user =
      Account{.name = "x", .group = "x", .home = "/", .uid = 4321, .gid = 4322, .groups = {4322}};
  const auto finished = run_to_end(command);
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->output, "4321\n4322\n4322\n");
}

TEST(FirstDenied, IsAskedAsTheAccount) {
  const TemporaryDirectory folder;
  std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_all);
  Account account{.name = "x", .group = "x", .home = "/", .uid = ::geteuid(), .gid = ::getegid()};
  const std::vector<Access> accesses = {{"/", X_OK}, {folder.path(), X_OK}};
  EXPECT_FALSE(*first_denied_to(account, accesses));
  if (::geteuid() != 0) GTEST_SKIP() << "only root can become another user";
  account.uid = account.gid = 4321;
  account.groups = {4321};
  const auto denied = first_denied_to(account, accesses);
  ASSERT_TRUE(denied && *denied);
  EXPECT_EQ((*denied)->path, folder.path());
}

}  // namespace
}  // namespace warp
