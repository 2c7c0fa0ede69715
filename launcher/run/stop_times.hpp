// How long the stages of a stop may take, by the settings.
#pragma once

#include "launcher/run/stop_sequence.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

// `delay` is for a server whose settings say none.
[[nodiscard]] StopTimes stop_times(const Settings& settings, std::chrono::seconds delay);

}  // namespace warp
