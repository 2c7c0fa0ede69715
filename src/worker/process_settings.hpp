// What the group's configuration says about the worker's process: priority, stacks, limits.
#pragma once

#include "base/result.hpp"
#include "wire/group_config.hpp"

namespace warp::worker {

// Before the interpreter and any thread is started.
[[nodiscard]] Result<> apply_process_settings(const wire::GroupConfig& config);

}  // namespace warp::worker
