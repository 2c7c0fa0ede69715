#include "mod_warp/shared/robust_mutex.hpp"

#include <algorithm>
#include <cerrno>

#include "mod_warp/shared/mutex_wait.hpp"

namespace warp {
namespace {

// A process that is killed when it has just been woken takes that with it. When another one has
// taken the mutex meanwhile, nobody wakes the next: it has to look by itself.
constexpr std::chrono::nanoseconds kStep = std::chrono::milliseconds(50);

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
    result = wait_for_mutex(mutex_, std::min(kStep, deadline.remaining()));
  }
  if (result == 0) return Locked::kYes;
  if (result != EOWNERDEAD) return Locked::kNot;
  ::pthread_mutex_consistent(&mutex_);
  return Locked::kAfterDeath;
}

void RobustMutex::unlock() { ::pthread_mutex_unlock(&mutex_); }

}  // namespace warp
