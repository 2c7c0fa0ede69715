// Django's static files, collected for a project that names no folder for them.
#pragma once

#include "launcher/plan/plan.hpp"

namespace warp {

// Does nothing for a plan without collect_into.
[[nodiscard]] Result<> collect_static(const Plan& plan, Host& host);

}  // namespace warp
