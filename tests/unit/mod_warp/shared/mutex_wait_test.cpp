// A program of its own, as it has a clock_gettime of its own.
#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <ctime>
#include <thread>

#include "mod_warp/shared/robust_mutex.hpp"

// The time of day is always read just before somebody sets it back by a minute: for the kernel,
// which waits by its own, what is derived from this lies so far ahead.
extern "C" [[gnu::visibility("default")]] int clock_gettime(clockid_t clock, timespec* time) {
  const auto result = static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
  if (clock == CLOCK_REALTIME) time->tv_sec += 60;
  return result;
}

namespace warp {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(MutexWait, IsNoLongerWhenTheTimeOfDayIsSetBack) {
  RobustMutex mutex;
  mutex.set_up();
  ASSERT_EQ(mutex.lock(Deadline::in(milliseconds(0))), Locked::kYes);
  const auto start = std::chrono::steady_clock::now();
  std::thread([&] { EXPECT_EQ(mutex.lock(Deadline::in(milliseconds(20))), Locked::kNot); }).join();
  const auto waited = std::chrono::steady_clock::now() - start;
  EXPECT_GE(waited, milliseconds(20));
  EXPECT_LT(waited, seconds(20));
  mutex.unlock();
}

}  // namespace
}  // namespace warp
