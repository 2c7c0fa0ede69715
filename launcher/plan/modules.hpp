// Which of httpd's modules the settings need.
#pragma once

#include "launcher/plan/plan.hpp"

namespace warp {

// Their names ("alias"), in the order to load them. Those that only make things better are left out
// when this httpd does not have them.
[[nodiscard]] std::vector<std::string> needed_modules(const Plan& plan);

[[nodiscard]] bool is_needed(const Plan& plan, std::string_view module);

}  // namespace warp
