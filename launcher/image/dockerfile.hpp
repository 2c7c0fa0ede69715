// The Dockerfile of a project's image, and the names of images.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace warp {

// What `s2i build --as-dockerfile` does in the project's folder.
[[nodiscard]] std::string dockerfile_text(const std::string& builder, const std::string& image);

// "warpdrive-my-site" for "My Site".
[[nodiscard]] Result<std::string> image_name(std::string_view project);

// An image's name goes into a Dockerfile and a command line: refused when it is none. `origin` says
// who named it.
[[nodiscard]] Result<> check_image_name(std::string_view origin, std::string_view name);

}  // namespace warp
