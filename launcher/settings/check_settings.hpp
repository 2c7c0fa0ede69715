// What is wrong with settings that each for itself can be read.
#pragma once

#include "launcher/host/host.hpp"
#include "launcher/settings/problems.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

void check_settings(const Settings& settings, Host& host, Problems& problems);

}  // namespace warp
