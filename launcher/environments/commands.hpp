// The commands on environments.
#pragma once

#include "launcher/warpdrive/command.hpp"

namespace warp {

[[nodiscard]] Result<int> activate(const Arguments& arguments, Host& host);
[[nodiscard]] Result<int> deactivate(const Arguments& arguments, Host& host);
[[nodiscard]] Result<int> destroy(const Arguments& arguments, Host& host);
[[nodiscard]] Result<int> project(const Arguments& arguments, Host& host);
[[nodiscard]] Result<int> list_environments(const Arguments& arguments, Host& host);

}  // namespace warp
