// What start-server prints first; the labels are mod_wsgi-express's.
#pragma once

#include "launcher/plan/plan.hpp"

namespace warp {

[[nodiscard]] std::string banner(const Plan& plan);

// What comes after it when the server is not started.
[[nodiscard]] std::string banner_of_control_script(const Plan& plan);

}  // namespace warp
