// The variables that a deployed project runs with: for the server, and for the commands beside it.
#pragma once

#include "launcher/project/workspace.hpp"
#include "launcher/warpdrive/command.hpp"

namespace warp {

// .warpdrive/environment, and what the hook deploy-env prints.
[[nodiscard]] Result<Workspace> open_deployed(Host& host);

// The variables that the project sets or changes, as NAME='value' lines.
[[nodiscard]] Result<int> print_environment(const Arguments& arguments, Host& host);
// Runs a program with them.
[[nodiscard]] Result<int> exec_command(const Arguments& arguments, Host& host);
// A shell with them.
[[nodiscard]] Result<int> open_shell(const Arguments& arguments, Host& host);

}  // namespace warp
