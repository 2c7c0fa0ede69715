// The output of explain: what a project is taken for, and why.
#pragma once

#include <string>

#include "launcher/detect/project.hpp"

namespace warp {

[[nodiscard]] std::string explanation_text(const Project& project);
[[nodiscard]] std::string explanation_json(const Project& project);

}  // namespace warp
