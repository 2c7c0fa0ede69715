// For the start-up files of login shells, and the shell that `warpdrive shell` opens.
#pragma once

#include "launcher/environments/named_environment.hpp"
#include "launcher/environments/shell.hpp"
#include "launcher/warpdrive/command.hpp"

namespace warp {

// A shell function `warpdrive`, so that activate, deactivate and project need no eval. `program` is
// this program's path.
[[nodiscard]] std::string profile_code(Shell shell, const std::string& program);

[[nodiscard]] Result<int> profile(const Arguments& arguments, Host& host);
// Writes a start-up file that enters the environment, and prints its path.
[[nodiscard]] Result<int> rcfile(const Arguments& arguments, Host& host);

// The start-up file of an environment for that shell, written anew. It reads the user's own first.
[[nodiscard]] Result<std::string> write_rcfile(Shell shell, const NamedEnvironment& environment);

}  // namespace warp
