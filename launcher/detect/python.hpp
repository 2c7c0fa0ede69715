// Which Python the project runs on.
#pragma once

#include "launcher/detect/project.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

// --python-home, else $VIRTUAL_ENV, else .venv or venv in the project's folder, else the system's
// Python that has a worker program. The worker program exists when this succeeds. For a project in
// a folder of a repository, the repository's own folder is the outer one.
[[nodiscard]] Result<Python> find_python(const Settings& settings, const Environment& environment,
                                         const std::string& libexec_directory,
                                         const std::string& outer_directory = {});

// Whether a module could be imported by that Python, were it started outside the project.
[[nodiscard]] Result<bool> has_module(const std::string& executable, std::string_view name,
                                      Host& host);

}  // namespace warp
