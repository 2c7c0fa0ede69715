// Whether the processes have room in what the container, or the service, is granted.
#pragma once

#include "launcher/doctor/finding.hpp"
#include "launcher/host/granted.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

// `processes` of the settings: 0 for as many as there is room for.
[[nodiscard]] Findings examine_capacity(const Settings& settings, const Granted& granted);

}  // namespace warp
