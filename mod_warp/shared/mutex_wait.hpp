// One wait for a mutex, which no change of the time of day makes longer.
//
// ThreadSanitizer (GCC 12's) does not know pthread_mutex_clocklock, and would take all that the
// mutex guards for unguarded: builds with it have mutex_wait_by_time_of_day.cpp in place of
// mutex_wait.cpp.
#pragma once

#include <pthread.h>

#include <chrono>
#include <cstdint>
#include <ctime>

namespace warp {

// As pthread_mutex_timedlock: 0, ETIMEDOUT, EOWNERDEAD and so on.
[[nodiscard]] int wait_for_mutex(pthread_mutex_t& mutex, std::chrono::nanoseconds longest);

[[nodiscard]] inline timespec time_on(clockid_t clock, std::chrono::nanoseconds from_now) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  timespec at{};
  ::clock_gettime(clock, &at);
  const std::int64_t nanoseconds = at.tv_nsec + from_now.count();
  at.tv_sec += static_cast<time_t>(nanoseconds / kSecond);
  at.tv_nsec = static_cast<long>(nanoseconds % kSecond);
  return at;
}

}  // namespace warp
