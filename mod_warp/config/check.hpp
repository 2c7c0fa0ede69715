// What the directives of all servers mean together, found out once all have been read.
#pragma once

#include "base/result.hpp"
#include "mod_warp/config/process_group.hpp"

namespace warp {

// Fills ServerConfig::installation and ::mounts of every server; says what is odd but works in the
// log. An error names file and line of its directive.
[[nodiscard]] Result<> check_configuration(apr_pool_t* pool, server_rec* main_server);

}  // namespace warp
