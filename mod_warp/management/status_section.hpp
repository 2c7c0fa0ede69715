// What the status page shows of one group: its figures, the places of its diagrams, its tables.
#pragma once

#include <string>

#include "mod_warp/management/status.hpp"

namespace warp::management {

[[nodiscard]] std::string status_section(const GroupStatus& group);

}  // namespace warp::management
