// `stop`: what SIGTERM to the launcher does, and waiting for it.
#pragma once

#include "launcher/operate/operator_command.hpp"
#include "launcher/operate/running_server.hpp"

namespace warp {

[[nodiscard]] Result<std::string> stop_server(const OperatorCommand& command,
                                              const RunningServer& server);

}  // namespace warp
