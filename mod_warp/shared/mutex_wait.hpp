// One wait for a mutex, which no change of the time of day makes longer.
//
// ThreadSanitizer (GCC 12's) does not know pthread_mutex_clocklock, and would take all that the
// mutex guards for unguarded; of pthread_mutex_timedlock it does not know that a dead owner leaves
// the mutex to whoever waits. Builds with it have mutex_wait_by_trying.cpp in place of
// mutex_wait.cpp.
#pragma once

#include <pthread.h>

#include <chrono>

namespace warp {

// As pthread_mutex_timedlock: 0, ETIMEDOUT, EOWNERDEAD and so on.
[[nodiscard]] int wait_for_mutex(pthread_mutex_t& mutex, std::chrono::nanoseconds longest);

}  // namespace warp
