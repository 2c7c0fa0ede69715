// warpdrive-express doctor: all that a start would stumble over, without starting anything.
#pragma once

#include "launcher/doctor/finding.hpp"
#include "launcher/host/host.hpp"
#include "launcher/settings/command_line.hpp"

namespace warp {

// Goes on after a problem with what does not depend on it. An error: there was an order to stop.
[[nodiscard]] Result<Findings> examine(const CommandLine& line, Host& host);

}  // namespace warp
