// The commands that say what start-server would do.
#pragma once

#include "launcher/host/host.hpp"
#include "launcher/settings/command_line.hpp"

namespace warp {

// What is to be printed. show-config tells the settings also of a folder without a project.
[[nodiscard]] Result<std::string> inquire(const CommandLine& line, Host& host);

}  // namespace warp
