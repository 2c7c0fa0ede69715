// The project's own programs in .warpdrive/action_hooks.
#pragma once

#include "launcher/project/workspace.hpp"

namespace warp {

// Path of a hook that can be run; "" when there is none, or when it is not executable, which is
// warned of.
[[nodiscard]] std::string find_hook(const Workspace& workspace, std::string_view name, Host& host);

// Runs it in the project's folder with the workspace's variables; nothing for a hook that is not
// there. One that fails is an error with its name and status.
[[nodiscard]] Result<> run_hook(const Workspace& workspace, std::string_view name, Host& host);

// A hook whose standard output is variables, in the form of .warpdrive/environment; they win over
// those that are set.
[[nodiscard]] Result<> add_variables_of_hook(Workspace& workspace, std::string_view name,
                                             Host& host);

}  // namespace warp
