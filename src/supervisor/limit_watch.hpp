// Whether a worker has reached one of the limits of its group, as far as it can be seen from
// outside the worker.
#pragma once

#include <cstdint>
#include <optional>
#include <random>

#include "figures/restart_reason.hpp"
#include "supervisor/worker_host.hpp"
#include "wire/group_config.hpp"

namespace warp::supervisor {

using figures::RestartReason;

// How often they are looked at.
inline constexpr std::chrono::seconds kLimitInterval{1};

// The group has such limits at all.
[[nodiscard]] bool has_limits(const wire::GroupConfig& config);

struct Observation {
  Clock::time_point now{};
  ProcessFigures figures{};
  std::uint64_t requests_served = 0;
  bool is_busy = false;
};

// For one worker, from when it is ready.
class LimitWatch final {
 public:
  LimitWatch(const wire::GroupConfig& config, Clock::time_point ready_at);

  // Why the worker is to be replaced, which it should be told again as long as it is there.
  [[nodiscard]] std::optional<RestartReason> look(const Observation& seen);
  // It uses more than memory-hard-limit: it has to end now.
  [[nodiscard]] bool is_beyond_hard_limit(const Observation& seen) const;

 private:
  const wire::GroupConfig& config_;
  Clock::time_point restart_at_;
  Clock::time_point last_active_;
  std::uint64_t last_served_ = 0;
};

}  // namespace warp::supervisor
