#include "worker/crash_marks.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

namespace warp::worker {
namespace {

using scoreboard::Scoreboard;
using scoreboard::Stage;

// A process with two marked threads, of which the second does it; gives how it ended.
template <typename Function>
int end_of(const Scoreboard& board, Function function) {
  const pid_t child = ::fork();
  if (child == 0) {
    // A sanitizer has handlers of its own, which end the process in another way.
    for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT})
      std::signal(signal, SIG_DFL);
    if (!mark_crashes()) ::_exit(99);
    const CrashMark mark(board, 0, 0);
    std::jthread([&] {
      const CrashMark second(board, 0, 1);
      function();
    }).join();
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? WTERMSIG(status) : -WEXITSTATUS(status);
}

class CrashMarksTest : public testing::Test {
 protected:
  [[nodiscard]] Stage stage(std::uint32_t thread) const { return board_.thread(0, thread).stage; }

  Scoreboard board_ =
      Scoreboard::map(scoreboard::create_segment({.slots = 1, .threads = 2}).value().get()).value();
};

TEST_F(CrashMarksTest, NameTheThreadThatCrashed) {
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) {
    board_.thread(0, 1).stage = Stage::kApplication;
    EXPECT_EQ(end_of(board_, [signal] { ::pthread_kill(::pthread_self(), signal); }), signal);
    EXPECT_EQ(stage(1), Stage::kCrashed) << signal;
    EXPECT_EQ(stage(0), Stage::kIdle);
  }
}

TEST_F(CrashMarksTest, StayAwayWhenNothingHappens) {
  EXPECT_EQ(end_of(board_, [] {}), 0);
  EXPECT_EQ(stage(1), Stage::kIdle);
}

TEST_F(CrashMarksTest, AreNotForForkedProcesses) {
  EXPECT_EQ(end_of(board_,
                   [] {
                     const pid_t forked = ::fork();
                     if (forked == 0) ::raise(SIGABRT);
                     int status = 0;
                     ::waitpid(forked, &status, 0);
                     if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGABRT) ::_exit(1);
                   }),
            0);
  EXPECT_EQ(stage(1), Stage::kIdle);
}

}  // namespace
}  // namespace warp::worker
