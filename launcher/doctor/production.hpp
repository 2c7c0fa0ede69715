// Settings of Django that are for development only.
#pragma once

#include "launcher/detect/project.hpp"
#include "launcher/doctor/finding.hpp"

namespace warp {

// In development they are worth a warning, else they are a problem.
[[nodiscard]] Findings examine_django(const Django& django, bool is_development);

}  // namespace warp
