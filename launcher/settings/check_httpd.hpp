// What is wrong with the values of options, alone and together, that are about httpd itself.
#pragma once

#include "launcher/settings/problems.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

// Adds a line to the problems for everything that it finds. Fills in the files that ssl-certificate
// is short for.
void check_httpd_settings(Settings& settings, Problems& problems);

}  // namespace warp
