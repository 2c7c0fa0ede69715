// What the workers find around them: working directory and umask; and whether the group's user can
// work there at all.
#pragma once

#include <string>

#include "base/result.hpp"
#include "wire/group_config.hpp"

namespace warp::supervisor {

// The configured home, else the script's folder, else /.
[[nodiscard]] std::string working_directory(const wire::GroupConfig& config);

// For the calling process and all that it starts. kNoPermission or kNotFound name the directory or
// script, the user, and the remedy.
[[nodiscard]] Result<> enter_surroundings(const wire::GroupConfig& config);

}  // namespace warp::supervisor
