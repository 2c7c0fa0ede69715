#include "launcher/plan/process_count.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace warp {
namespace {

// A Python process keeps about one CPU busy, whatever its threads are. Only a limit says how many
// CPUs are meant for this server: a container without one sees all of a node that it shares.
constexpr unsigned kWithoutLimit = 1;
// Where more are wanted, somebody has measured.
constexpr unsigned kMost = 12;
constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20U;
// httpd with its launcher and supervisor, and what a common Django application needs: an idle one
// takes a quarter of that, and grows.
constexpr std::uint64_t kForHttpd = 64 * kMebibyte;
constexpr std::uint64_t kForProcess = 256 * kMebibyte;

std::uint64_t for_processes(std::uint64_t memory) { return memory - std::min(memory, kForHttpd); }

unsigned by_cpus(const Granted& granted) {
  if (!granted.cpus) return kWithoutLimit;
  return static_cast<unsigned>(std::clamp(std::ceil(*granted.cpus), 1.0, double{kMost}));
}

unsigned by_memory(std::uint64_t memory) {
  return static_cast<unsigned>(
      std::clamp<std::uint64_t>(for_processes(memory) / kForProcess, 1, kMost));
}

std::string cpus_text(const Granted& granted) {
  if (!granted.cpus) return "one, as no limit of CPUs is set";
  return fmt::format("{} for {:.4g} CPUs ({})", by_cpus(granted), *granted.cpus, granted.cpus_by);
}

std::string memory_text(const Granted& granted) {
  if (!granted.memory) return {};
  return fmt::format("; memory for {}: ({} MiB of {} - {} for httpd) / {}",
                     by_memory(*granted.memory), *granted.memory / kMebibyte, granted.memory_by,
                     kForHttpd / kMebibyte, kForProcess / kMebibyte);
}

}  // namespace

ProcessCount count_processes(const Granted& granted) {
  ProcessCount count{.processes = by_cpus(granted)};
  if (granted.memory) count.processes = std::min(count.processes, by_memory(*granted.memory));
  if (granted.cpus || granted.memory)
    count.reckoning =
        fmt::format("{} {}: {}{}", count.processes, count.processes == 1 ? "process" : "processes",
                    cpus_text(granted), memory_text(granted));
  return count;
}

std::uint64_t memory_for(unsigned processes, std::uint64_t limit_of_one) {
  return kForHttpd + processes * std::max(kForProcess, limit_of_one);
}

std::string doubt_about(unsigned processes, const Granted& granted) {
  if (!granted.memory || processes <= by_memory(*granted.memory)) return {};
  return fmt::format(
      "{} processes have {} MiB each of the {} MiB that {} grants; many applications need {} or "
      "more, and the kernel kills what exceeds it: raise the limit, or use fewer --processes",
      processes, for_processes(*granted.memory) / processes / kMebibyte,
      *granted.memory / kMebibyte, granted.memory_by, kForProcess / kMebibyte);
}

}  // namespace warp
