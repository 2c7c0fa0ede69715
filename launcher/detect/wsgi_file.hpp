// Plain projects: a wsgi.py in the folder, or in one of its packages.
#pragma once

#include "launcher/detect/survey.hpp"

namespace warp {

// True when it has put the application into the project; kAmbiguous lists the candidates.
[[nodiscard]] Result<bool> look_for_wsgi_file(Search& search);

// The same where no Python can be asked, by the names of files only.
[[nodiscard]] Result<std::optional<Application>> find_wsgi_file(const std::string& directory);

// "application", or "app" for a script that only speaks of that.
[[nodiscard]] std::string callable_in(std::string_view script);

}  // namespace warp
