// `reload`: a new generation of each group's workers.
#pragma once

#include "launcher/operate/operator_command.hpp"
#include "launcher/operate/running_server.hpp"

namespace warp {

// Asks each group; with `waits` goes on until all have ended, and is an error when one has failed.
[[nodiscard]] Result<std::string> reload(const OperatorCommand& command,
                                         const RunningServer& server);

}  // namespace warp
