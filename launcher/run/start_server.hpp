// The plan carried out.
#pragma once

#include "launcher/plan/plan.hpp"
#include "launcher/run/server_root.hpp"

namespace warp {

// Writes the server root and asks httpd whether it likes the configuration. What was written goes
// again when this fails.
[[nodiscard]] Result<ServerRoot> set_up_server(const Plan& plan, Host& host);

// Leaves what was written, with a script that starts it.
[[nodiscard]] Result<> leave_server(const Plan& plan, ServerRoot root);

// Runs httpd until it has ended.
[[nodiscard]] Result<> run_server(const Plan& plan, ServerRoot root, const Host& host);

}  // namespace warp
