// The commands that run the hook of their name, or Django's own way.
#pragma once

#include "launcher/warpdrive/command.hpp"

namespace warp {

[[nodiscard]] Result<int> set_up_project(const Arguments& arguments, Host& host);
[[nodiscard]] Result<int> migrate(const Arguments& arguments, Host& host);
[[nodiscard]] Result<int> verify(const Arguments& arguments, Host& host);
// For probes: the hook's answer, else whether the server accepts connections.
[[nodiscard]] Result<int> check_alive(const Arguments& arguments, Host& host);
[[nodiscard]] Result<int> check_ready(const Arguments& arguments, Host& host);

}  // namespace warp
