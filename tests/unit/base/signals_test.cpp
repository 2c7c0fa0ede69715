#include "base/signals.hpp"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>

namespace warp {
namespace {

TEST(Signals, TakenSignalsAreReadFromTheDescriptor) {
  const auto fd = take_signals({SIGUSR2});
  ASSERT_TRUE(fd);
  ::raise(SIGUSR2);
  signalfd_siginfo info{};
  ASSERT_EQ(::read(fd->get(), &info, sizeof info), static_cast<ssize_t>(sizeof info));
  EXPECT_EQ(info.ssi_signo, static_cast<unsigned>(SIGUSR2));
}

TEST(Signals, NamesAreTheUsualOnes) {
  EXPECT_EQ(signal_name(SIGKILL), "SIGKILL");
  EXPECT_EQ(signal_name(4000), "signal 4000");
}

TEST(Signals, AProcessEndsWithItsParent) {
  const pid_t child = ::fork();
  if (child == 0) {
    // The wrong parent stands for one that has ended already.
    end_with_parent(SIGKILL, ::getppid() + 1);
    ::_exit(0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

}  // namespace
}  // namespace warp
