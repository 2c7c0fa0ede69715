// `warpdrive start`: hooks, variables, the choice of what to start, and then that in our place.
#pragma once

#include "launcher/warpdrive/command.hpp"

namespace warp {

[[nodiscard]] Result<int> start(const Arguments& arguments, Host& host);

}  // namespace warp
