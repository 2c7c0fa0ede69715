// Why a worker was replaced.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace warp::figures {

enum class RestartReason : std::uint8_t {
  kCrash,
  kReload,
  kScriptChanged,
  kFailedImport,
  kStartupTimeout,
  kRequestTimeout,
  kMaximumRequests,
  kRestartInterval,
  kInactivityTimeout,
  kMemoryLimit,
  kCpuTimeLimit,
  kStandstill,
};
inline constexpr std::size_t kRestartReasons = 12;

// "maximum-requests"; as the option is named, where there is one.
[[nodiscard]] std::string_view text_of(RestartReason reason);

}  // namespace warp::figures
