// What this process may use of the machine: the limits of a container, or of a service.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace warp {

// Absent: nothing but the machine itself limits it. The texts say where a limit was found.
struct Granted {
  std::optional<double> cpus{};
  std::string cpus_by{};
  std::optional<std::uint64_t> memory{};  // bytes
  std::string memory_by{};
  std::optional<std::uint64_t> tasks{};  // processes and threads
  std::string tasks_by{};
};

// What the machine has, and what the scheduler lets this process use of it.
struct Machine {
  unsigned cpus = 0;
  unsigned usable_cpus = 0;
  std::uint64_t memory = 0;
};
[[nodiscard]] Machine this_machine();

// Reads the control groups, of version 2 or 1, of this process and of those above it that it can
// see. `root` is "/" but in tests.
[[nodiscard]] Granted read_granted(const std::string& root, const Machine& machine);

}  // namespace warp
