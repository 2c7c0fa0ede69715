// How large httpd's pool of children and threads is.
#pragma once

#include "launcher/plan/plan.hpp"

namespace warp {

[[nodiscard]] Sizes plan_sizes(const Settings& settings, Mpm mpm);

}  // namespace warp
