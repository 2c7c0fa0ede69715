// How often workers of a group were replaced since the supervisor started, by reason.
#pragma once

#include <array>
#include <cstdint>

#include "figures/restart_reason.hpp"

namespace warp::supervisor {

using figures::kRestartReasons;
using figures::RestartReason;

class RestartCounts final {
 public:
  void count(RestartReason reason) { ++counts_[static_cast<std::size_t>(reason)]; }
  [[nodiscard]] std::uint64_t of(RestartReason reason) const {
    return counts_[static_cast<std::size_t>(reason)];
  }

 private:
  std::array<std::uint64_t, kRestartReasons> counts_{};
};

}  // namespace warp::supervisor
