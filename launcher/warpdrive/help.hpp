// --help of `warpdrive`, from the table of commands.
#pragma once

#include "launcher/warpdrive/command.hpp"

namespace warp {

// All commands, by group.
[[nodiscard]] std::string help_of_all();
[[nodiscard]] std::string help_of(const WarpdriveCommand& command);
// The same as a table for docs/warpdrive.md.
[[nodiscard]] std::string commands_as_markdown();

}  // namespace warp
