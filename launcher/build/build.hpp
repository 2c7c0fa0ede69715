// `warpdrive build`: everything that a project needs before it can start.
#pragma once

#include "launcher/warpdrive/command.hpp"

namespace warp {

[[nodiscard]] Result<int> build(const Arguments& arguments, Host& host);
// `warpdrive wheels`
[[nodiscard]] Result<int> wheels(const Arguments& arguments, Host& host);

}  // namespace warp
