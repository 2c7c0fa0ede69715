// The workers' proportional memory (PSS), one after another: the kernel walks through all pages of
// a process for it, and neither the supervisor nor that process's own calls for memory go on
// meanwhile.
#pragma once

#include <chrono>
#include <map>
#include <span>

#include "supervisor/slot.hpp"
#include "supervisor/worker_host.hpp"

namespace warp::supervisor {

// From one look at a worker to the next one at it.
inline constexpr std::chrono::seconds kProportionalInterval{15};
// Or so many times what the look took, if that is more.
inline constexpr int kRestAfterLook = 100;

class MemoryTurns final {
 public:
  // The host outlives it.
  explicit MemoryTurns(WorkerHost& host) : host_(host) {}

  // At the worker for which it is time, and has been for longest; at none before it has been ready.
  void look(std::span<const Slot> slots);

 private:
  WorkerHost& host_;
  std::map<pid_t, Clock::time_point> due_;
};

}  // namespace warp::supervisor
