// Whether the kernel will grant what a group's options ask for. Said while the configuration is
// checked: a worker that is refused it can't start, and nobody looks there first.
#pragma once

#include "base/result.hpp"
#include "wire/group_config.hpp"

namespace warp {

// Limits beyond httpd's own hard ones, and a priority that only root can give.
[[nodiscard]] Result<> check_resource_limits(const wire::GroupConfig& config);

}  // namespace warp
