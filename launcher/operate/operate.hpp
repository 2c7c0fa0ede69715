// The commands for a running server.
#pragma once

#include "launcher/host/host.hpp"
#include "launcher/operate/operator_command.hpp"
#include "launcher/settings/option.hpp"

namespace warp {

// What is to be printed. `given`: what the command line says of where the server root is.
[[nodiscard]] Result<std::string> operate(const OperatorCommand& command,
                                          const std::vector<Given>& given, Host& host);

}  // namespace warp
