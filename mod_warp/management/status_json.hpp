// The status as JSON, for the page and for programs. Its fields are documented in
// docs/management.md.
#pragma once

#include <string>

#include "mod_warp/management/status.hpp"

namespace warp::management {

[[nodiscard]] std::string status_json(const ServerStatus& status);

}  // namespace warp::management
