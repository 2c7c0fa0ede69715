// The script apachectl of a server root that setup-server leaves.
#pragma once

#include "base/result.hpp"
#include "launcher/plan/plan.hpp"

namespace warp {

[[nodiscard]] Result<std::string> render_control_script(const Plan& plan);

}  // namespace warp
