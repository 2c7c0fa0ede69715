// `warpdrive init`: the files that a project may have, with comments. What is there stays.
#pragma once

#include "launcher/warpdrive/command.hpp"

namespace warp {

[[nodiscard]] Result<int> init_project(const Arguments& arguments, Host& host);

}  // namespace warp
