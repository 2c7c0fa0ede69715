// A mutex in memory that several processes share, any of which may be killed while it holds it.
#pragma once

#include <pthread.h>

#include <cstdint>

#include "base/deadline.hpp"

namespace warp {

enum class Locked : std::uint8_t {
  kNot,         // not before the deadline, or by this thread already (a signal handler's)
  kYes,         //
  kAfterDeath,  // the holder has died: what the mutex guards is to be repaired first
};

class RobustMutex final {
 public:
  // Once, by whoever makes the memory.
  void set_up();
  [[nodiscard]] Locked lock(const Deadline& deadline);
  void unlock();

 private:
  pthread_mutex_t mutex_;
};

}  // namespace warp
