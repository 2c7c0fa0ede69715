#include "mod_warp/shared/robust_mutex.hpp"

#include <cerrno>
#include <ctime>

namespace warp {
namespace {

// Of CLOCK_MONOTONIC, which nobody can set.
timespec at_end_of(std::chrono::nanoseconds duration) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  timespec at{};
  ::clock_gettime(CLOCK_MONOTONIC, &at);
  const std::int64_t nanoseconds = at.tv_nsec + duration.count() % kSecond;
  at.tv_sec += static_cast<time_t>(duration.count() / kSecond + nanoseconds / kSecond);
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
  if (result == EBUSY) {
    const timespec end = at_end_of(deadline.remaining());
    result = ::pthread_mutex_clocklock(&mutex_, CLOCK_MONOTONIC, &end);
  }
  if (result == 0) return Locked::kYes;
  if (result != EOWNERDEAD) return Locked::kNot;
  ::pthread_mutex_consistent(&mutex_);
  return Locked::kAfterDeath;
}

void RobustMutex::unlock() { ::pthread_mutex_unlock(&mutex_); }

}  // namespace warp
