// The words of a command line, sorted by what a command's row says of them.
#pragma once

#include "launcher/warpdrive/command.hpp"

namespace warp {

// `words` follow the command's name. An option "help" is set when --help was among ours.
[[nodiscard]] Result<Arguments> read_arguments(const WarpdriveCommand& command,
                                               std::span<const std::string> words);

}  // namespace warp
