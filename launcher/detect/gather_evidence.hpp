// What speaks for a project's user, Python, application and static files.
#pragma once

#include <vector>

#include "launcher/detect/project.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

[[nodiscard]] std::vector<Evidence> gather_evidence(const Settings& settings,
                                                    const Project& project, const Host& host);

// "/srv/app/wsgi.py:3" for the first line that has the text, "/srv/app/wsgi.py" when none has.
[[nodiscard]] std::string place_of(std::string_view text, const std::string& path);

}  // namespace warp
