#include "mod_warp/shared/mutex_wait.hpp"

#include <cerrno>
#include <thread>

#include "base/deadline.hpp"

namespace warp {

int wait_for_mutex(pthread_mutex_t& mutex, std::chrono::nanoseconds longest) {
  constexpr std::chrono::microseconds kPause{200};
  const Deadline deadline = Deadline::in(longest);
  while (true) {
    const int result = ::pthread_mutex_trylock(&mutex);
    if (result != EBUSY) return result;
    if (deadline.has_passed()) return ETIMEDOUT;
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace warp
