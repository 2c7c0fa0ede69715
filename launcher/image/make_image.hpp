// `warpdrive image` and `warpdrive s2i`: a container image of the project.
#pragma once

#include "launcher/warpdrive/command.hpp"

namespace warp {

[[nodiscard]] Result<int> make_image(const Arguments& arguments, Host& host);

}  // namespace warp
