// How large httpd's pool of children and threads is.
#pragma once

#include "launcher/plan/plan.hpp"

namespace warp {

[[nodiscard]] Sizes plan_sizes(const Settings& settings, Mpm mpm);

// Requests that may wait for an application thread. With management pages fewer than httpd has
// threads for, so that one is always left to answer those.
[[nodiscard]] unsigned queue_limit_for(const Settings& settings, const Sizes& sizes);

}  // namespace warp
