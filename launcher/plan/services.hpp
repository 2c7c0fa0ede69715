// The side processes: who runs each, and where it logs.
#pragma once

#include "base/result.hpp"
#include "launcher/plan/plan.hpp"

namespace warp {

// Needs the plan's settings, project and server root.
[[nodiscard]] Result<std::vector<Service>> plan_services(const Plan& plan, const Host& host);

}  // namespace warp
