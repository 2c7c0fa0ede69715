// Whether the kernel's out-of-memory killer has been at work in this process's control group: a
// SIGKILL by it looks like any other.
#pragma once

#include <cstdint>
#include <string>

namespace warp::supervisor {

class MemoryEvents final {
 public:
  // Reads the control group's memory.events (cgroup v2) or memory.oom_control (v1), whichever there
  // is; with neither, nothing is ever reported.
  MemoryEvents();
  explicit MemoryEvents(std::string file);

  // There were kills since the last call, or since the construction.
  [[nodiscard]] bool have_killed();

 private:
  [[nodiscard]] std::uint64_t count() const;

  std::string file_;  // empty: none
  std::uint64_t seen_ = 0;
};

// Below /sys/fs/cgroup, from the text of /proc/self/cgroup; empty when it names no group of memory.
[[nodiscard]] std::string memory_events_file(const std::string& cgroups);

}  // namespace warp::supervisor
