// Why the group's workers were replaced, counted since the supervisor started.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace warp::supervisor {

enum class RestartReason : std::uint8_t {
  kCrash,
  kReload,
  kMaximumRequests,
  kRestartInterval,
  kInactivity,
  kMemoryLimit,
  kCpuTimeLimit,
  kRequestTimeout,
  kScriptChanged,
  kStartupTimeout,
  kFailedImport,
};

class RestartCounts final {
 public:
  // In the order of RestartReason.
  static constexpr std::array<std::string_view, 11> kNames = {
      "crash",          "reload",          "maximum-requests", "restart-interval",
      "inactivity",     "memory-limit",    "cpu-time-limit",   "request-timeout",
      "script-changed", "startup-timeout", "failed-import"};

  void add(RestartReason reason) { ++counts_[static_cast<std::size_t>(reason)]; }
  [[nodiscard]] std::uint64_t of(RestartReason reason) const {
    return counts_[static_cast<std::size_t>(reason)];
  }

 private:
  std::array<std::uint64_t, kNames.size()> counts_{};
};

static_assert(RestartCounts::kNames.size() ==
              static_cast<std::size_t>(RestartReason::kFailedImport) + 1);

}  // namespace warp::supervisor
