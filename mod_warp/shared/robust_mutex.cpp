#include "mod_warp/shared/robust_mutex.hpp"

#include <algorithm>
#include <cerrno>
#include <ctime>

namespace warp {
namespace {

constexpr std::chrono::nanoseconds kStep = std::chrono::milliseconds(50);

// The one clock that pthread_mutex_timedlock knows; in short steps, as it can be set.
// (pthread_mutex_clocklock is unknown to the ThreadSanitizer of GCC 12.)
timespec soon(std::chrono::nanoseconds duration) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  timespec at{};
  ::clock_gettime(CLOCK_REALTIME, &at);
  const std::int64_t nanoseconds = at.tv_nsec + duration.count();
  at.tv_sec += static_cast<time_t>(nanoseconds / kSecond);
  at.tv_nsec = static_cast<long>(nanoseconds % kSecond);
  return at;
}

}  // namespace

void RobustMutex::set_up() {
  pthread_mutexattr_t attributes;
  ::pthread_mutexattr_init(&attributes);
  ::pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  ::pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
  ::pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
  ::pthread_mutex_init(&mutex_, &attributes);
  ::pthread_mutexattr_destroy(&attributes);
}

Locked RobustMutex::lock(const Deadline& deadline) {
  int result = ::pthread_mutex_trylock(&mutex_);
  while (result == EBUSY || result == ETIMEDOUT) {
    if (deadline.has_passed()) return Locked::kNot;
    const timespec end = soon(std::min(kStep, deadline.remaining()));
    result = ::pthread_mutex_timedlock(&mutex_, &end);
  }
  if (result == 0) return Locked::kYes;
  if (result != EOWNERDEAD) return Locked::kNot;
  ::pthread_mutex_consistent(&mutex_);
  return Locked::kAfterDeath;
}

void RobustMutex::unlock() { ::pthread_mutex_unlock(&mutex_); }

}  // namespace warp
