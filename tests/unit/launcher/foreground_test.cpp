#include "launcher/host/foreground.hpp"

#include <gtest/gtest.h>

#include <csignal>

#include "base/signals.hpp"
#include "launcher/host/files.hpp"
#include "launcher/host/subprocess.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

// SIGUSR2 stands for the signals that stop the program, for those would stop the tests, too.
class Foreground : public testing::Test {
 protected:
  static StopSignals signals() {
    auto descriptor = take_signals({SIGUSR2});
    EXPECT_TRUE(descriptor);
    return StopSignals(*std::move(descriptor));
  }
  [[nodiscard]] Command shell(const std::string& script) const {
    return {.arguments = {"/bin/sh", "-c", script},
            .environment = {{"PATH", "/usr/bin:/bin"}},
            .directory = folder_.path(),
            .time_limit = std::chrono::seconds(20)};
  }

  TemporaryDirectory folder_;
  StopSignals stops_ = signals();
};

TEST_F(Foreground, GivesTheStatus) {
  EXPECT_EQ(run_in_foreground(shell("exit 3"), stops_).value_or(-1), 3);
  EXPECT_EQ(run_in_foreground(shell("kill -KILL $$"), stops_).value_or(-1), 128 + SIGKILL);
}

TEST_F(Foreground, GivesTheOutput) {
  const auto finished = run_for_output(shell("echo A=1; exit 2"), stops_);
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->output, "A=1\n");
  EXPECT_EQ(finished->status, 2);
}

TEST_F(Foreground, BoundsTheOutput) {
  const auto finished = run_for_output(shell("exec cat /dev/zero"), stops_);
  ASSERT_FALSE(finished);
  EXPECT_EQ(finished.error().code, Errc::kTooLarge);
}

TEST_F(Foreground, KillsAtTheTimeLimit) {
  Command command = shell("exec sleep 600");
  command.time_limit = std::chrono::seconds(0);
  const auto finished = run_for_output(command, stops_);
  ASSERT_TRUE(finished);
  EXPECT_TRUE(finished->timed_out);
}

TEST_F(Foreground, PassesAnOrderToStopOnAndWaits) {
  const auto status = run_in_foreground(
      shell("trap 'echo > ended; exit 0' USR2; kill -USR2 $PPID; while :; do sleep 0.01; done"),
      stops_);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().code, Errc::kClosed);
  EXPECT_TRUE(is_file(folder_ / "ended"));
  EXPECT_EQ(stops_.first(), SIGUSR2);
}

// Whoever else has the output may go on.
TEST_F(Foreground, PassesAnOrderToStopOnToAProgramWhoseOutputIsRead) {
  const auto finished = run_for_output(shell("sleep 5 & kill -USR2 $PPID; exec sleep 600"), stops_);
  ASSERT_FALSE(finished);
  EXPECT_EQ(finished.error().code, Errc::kClosed);
}

// As by nohup.
TEST_F(Foreground, LeavesAHangUpIgnored) {
  const std::string script = "kill -HUP $$; echo lives";
  const auto before = ::signal(SIGHUP, SIG_IGN);
  const auto finished = run_for_output(shell(script), stops_);
  const auto apart = run_to_end(shell(script));
  ::signal(SIGHUP, before);
  ASSERT_TRUE(finished && apart);
  EXPECT_EQ(finished->output, "lives\n");
  EXPECT_EQ(apart->status, 128 + SIGHUP);
}

TEST_F(Foreground, StartsNothingAfterAnOrderToStop) {
  ASSERT_EQ(::raise(SIGUSR2), 0);
  EXPECT_EQ(run_in_foreground(shell("echo > started"), stops_).error().code, Errc::kClosed);
  EXPECT_EQ(run_for_output(shell("echo > started"), stops_).error().code, Errc::kClosed);
  EXPECT_EQ(replace_process(shell("echo > started"), stops_).code, Errc::kClosed);
  EXPECT_FALSE(is_file(folder_ / "started"));
  EXPECT_EQ(stops_.first(), SIGUSR2);
}

}  // namespace
}  // namespace warp
