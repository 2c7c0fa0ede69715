// How a worker has ended that was not to end, or not in this way.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace warp::figures {

enum class WorkerDeath : std::uint8_t {
  kExit,             // by itself, whatever the status
  kSignal,           // a crash, or somebody's kill
  kOutOfMemory,      // the kernel has killed it
  kDeadlock,         // its interpreter could run no thread
  kStartupTimeout,   // killed: it did not import the application in time
  kStopTimeout,      // killed: it did not stop in time
  kMemoryHardLimit,  // killed: it used more than that
};
inline constexpr std::size_t kWorkerDeaths = 7;

// "startup-timeout".
[[nodiscard]] std::string_view text_of(WorkerDeath death);

}  // namespace warp::figures
