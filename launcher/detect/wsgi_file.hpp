// Plain projects: a wsgi.py in the folder, or in one of its packages.
#pragma once

#include "launcher/detect/project.hpp"

namespace warp {

// kNotFound lists what was looked for; kAmbiguous lists the candidates.
[[nodiscard]] Result<Application> find_wsgi_file(const std::string& directory);

// "application", or "app" for a script that only speaks of that.
[[nodiscard]] std::string callable_in(std::string_view script);

}  // namespace warp
