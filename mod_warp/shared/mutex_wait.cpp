#include "mod_warp/shared/mutex_wait.hpp"

#include <cstdint>
#include <ctime>

namespace warp {
namespace {

timespec time_in(std::chrono::nanoseconds from_now) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  timespec at{};
  ::clock_gettime(CLOCK_MONOTONIC, &at);
  const std::int64_t nanoseconds = at.tv_nsec + from_now.count();
  at.tv_sec += static_cast<time_t>(nanoseconds / kSecond);
  at.tv_nsec = static_cast<long>(nanoseconds % kSecond);
  return at;
}

}  // namespace

int wait_for_mutex(pthread_mutex_t& mutex, std::chrono::nanoseconds longest) {
  const timespec end = time_in(longest);
  return ::pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &end);
}

}  // namespace warp
