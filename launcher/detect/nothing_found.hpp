// What to say when a folder has nothing to serve.
#pragma once

#include "launcher/detect/project.hpp"

namespace warp {

// Names what was looked for, what came near it, and what to do.
[[nodiscard]] tl::unexpected<Error> nothing_found(const std::string& directory,
                                                  const std::vector<Evidence>& near);

}  // namespace warp
