// Where the logs go.
#pragma once

#include "launcher/plan/plan.hpp"

namespace warp {

[[nodiscard]] Result<Logs> plan_logs(const Settings& settings, const std::string& server_root,
                                     const Installation& installation,
                                     const Environment& environment);

// LogLevel's arguments: at warn the life of our processes is still told.
[[nodiscard]] std::string log_level_arguments(const std::string& level);

}  // namespace warp
