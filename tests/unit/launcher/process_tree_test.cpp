#include "launcher/run/process_tree.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

namespace warp {
namespace {

TEST(HandlesSignal, TellsWhetherAProcessHasAHandler) {
  const auto before = ::signal(SIGUSR2, [](int) {});
  EXPECT_TRUE(handles_signal(::getpid(), SIGUSR2));
  ::signal(SIGUSR2, before);
  EXPECT_FALSE(handles_signal(::getpid(), SIGUSR2));
}

TEST(WaitForAllChildren, KillsThoseThatAreLeftAtTheDeadline) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    for (;;) ::pause();
  }
  wait_for_all_children(Deadline::in(std::chrono::seconds(0)));
  EXPECT_EQ(::kill(pid, 0), -1);
}

TEST(WaitForAllChildren, WaitsForOrphansThatItAdopted) {
  adopt_orphans();
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t pid = ::fork();
  if (pid == 0) {
    if (::fork() == 0) {
      char end = 0;
      static_cast<void>(!::read(ends[0], &end, 1));
    }
    ::_exit(0);
  }
  ASSERT_EQ(::write(ends[1], "x", 1), 1);
  wait_for_all_children(Deadline::in(std::chrono::seconds(10)));
  ::close(ends[0]);
  // With the last reader gone the pipe is broken.
  ::signal(SIGPIPE, SIG_IGN);
  EXPECT_EQ(::write(ends[1], "x", 1), -1);
  ::close(ends[1]);
}

}  // namespace
}  // namespace warp
