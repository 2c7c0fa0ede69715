// The command line that a project's .warpdrive/server_args are for warpdrive-express, for whoever
// asks what its server has been told.
#pragma once

#include "launcher/project/workspace.hpp"
#include "launcher/settings/command_line.hpp"

namespace warp {

// As the server itself reads them; `settings` are those of variables and files. Those for another
// server or a script are none of ours: an empty one. In the mode auto it is not known here whether
// a script is the server.
[[nodiscard]] Result<CommandLine> read_server_line(const Workspace& workspace,
                                                   const Settings& settings);

}  // namespace warp
