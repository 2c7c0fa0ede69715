// Supervisors of earlier configurations, which serve httpd's old children to the end. Their pids
// are kept where a restart, which unloads this module, does not reach.
#pragma once

#include <sys/types.h>

#include <vector>

#include "mod_warp/apache.hpp"

namespace warp {

// Notes that a supervisor goes on beyond this configuration.
void retire(pid_t pid);

// It has a configuration again.
void recall(pid_t pid);

[[nodiscard]] std::vector<pid_t> retired_supervisors();

// Has httpd tell us of their end for as long as `pool` lives; else it would log a warning about
// processes that it does not know.
void watch_retired(apr_pool_t* pool);

}  // namespace warp
