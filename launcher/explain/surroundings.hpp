// What speaks for a project's user and Python, and for what becomes of its static files.
#pragma once

#include "launcher/detect/project.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

// Beside the evidence that detection has found: who and which Python before it, static files after.
void add_evidence_of_surroundings(Project& project, const Settings& settings, const Host& host);

}  // namespace warp
