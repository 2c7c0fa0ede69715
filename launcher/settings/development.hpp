// What development changes in the options that nobody has set.
#pragma once

#include <vector>

#include "launcher/settings/option.hpp"
#include "launcher/settings/problems.hpp"

namespace warp {

// For what the sources have said, in the order in which it counts.
[[nodiscard]] std::vector<Given> development_givens(const std::vector<Given>& said);

void check_development(const Settings& settings, Problems& problems);

}  // namespace warp
