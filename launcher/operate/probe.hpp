// `probe`: one question to a server's management pages, for an orchestrator that runs a command.
#pragma once

#include <string>

#include "base/result.hpp"
#include "launcher/operate/operator_command.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

// "127.0.0.1:9180" as options name it; empty when they name no port.
[[nodiscard]] std::string named_management_address(const Settings& named);

// "ok", or an error that says what the page says.
[[nodiscard]] Result<std::string> probe(const OperatorCommand& command, const std::string& address);

}  // namespace warp
