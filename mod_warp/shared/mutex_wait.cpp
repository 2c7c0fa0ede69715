#include "mod_warp/shared/mutex_wait.hpp"

namespace warp {

int wait_for_mutex(pthread_mutex_t& mutex, std::chrono::nanoseconds longest) {
  const timespec end = time_on(CLOCK_MONOTONIC, longest);
  return ::pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &end);
}

}  // namespace warp
