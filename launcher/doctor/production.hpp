// Settings that are for development only.
#pragma once

#include "launcher/detect/project.hpp"
#include "launcher/doctor/finding.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

// In development they are worth a warning, else they are a problem.
[[nodiscard]] Findings examine_django(const Django& django, bool is_development);

// Whoever reaches the server sees the source.
[[nodiscard]] Findings examine_error_page(const Settings& settings);

}  // namespace warp
