// A line of a shell, as a Procfile has it: its commands and their words. Nothing is run.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "launcher/host/host.hpp"

namespace warp {

using ShellCommand = std::vector<std::string>;

// The commands between && || ; | and &, with quotes and backslashes taken out. $NAME, ${NAME} and
// ${NAME:-otherwise} become the variable's value; one that is not set stays as it is written.
[[nodiscard]] std::vector<ShellCommand> shell_commands(std::string_view line,
                                                       const Environment& environment);

}  // namespace warp
