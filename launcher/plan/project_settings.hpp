// The settings of a start: what was said, and what the project says of the rest.
#pragma once

#include "launcher/detect/project.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

[[nodiscard]] Result<Settings> settings_for(const Settings& said, const Project& project);

}  // namespace warp
