// Time limits that contradict each other, or whoever stops the server.
#pragma once

#include "launcher/doctor/finding.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

// From the order to stop until everything is killed.
struct GracePeriod {
  std::chrono::seconds length{30};  // terminationGracePeriodSeconds, when nobody sets it
  bool is_certain = false;          // somebody has said it
};

[[nodiscard]] Findings examine_times(const Settings& settings, const GracePeriod& grace);

}  // namespace warp
