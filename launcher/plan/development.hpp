// Where the developer's instruments are.
#pragma once

#include "base/result.hpp"
#include "launcher/plan/plan.hpp"

namespace warp {

// The terminal that the debugger speaks on, which the application's user has to be able to open.
[[nodiscard]] Result<std::string> find_terminal(const Account& user);

// Needs the plan's settings, project and server root.
[[nodiscard]] Result<Development> plan_development(const Plan& plan);

}  // namespace warp
