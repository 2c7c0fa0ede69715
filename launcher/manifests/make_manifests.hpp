// `warpdrive manifests`: what a cluster needs to run the project's image.
#pragma once

#include "launcher/warpdrive/command.hpp"

namespace warp {

[[nodiscard]] Result<int> make_manifests(const Arguments& arguments, Host& host);

}  // namespace warp
