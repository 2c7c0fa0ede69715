// What the project is: its user, its Python, what to serve. docs/detection.md has the order.
#pragma once

#include "launcher/detect/project.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

[[nodiscard]] Result<Project> detect_project(const Settings& settings, Host& host,
                                             const std::string& libexec_directory);

}  // namespace warp
