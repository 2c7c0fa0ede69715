// What a project's image is called, and what it is built on.
#pragma once

#include <string>

#include "launcher/project/workspace.hpp"

namespace warp {

// The command's NAME, else the environment's name, else the folder's, which may be "src" for
// everybody.
[[nodiscard]] std::string project_name(const Arguments& arguments, const Workspace& workspace);

// --builder, $WARPDRIVE_BUILDER, .warpdrive/builder; else warpdrive-builder.
[[nodiscard]] Result<std::string> chosen_builder(const Arguments& arguments,
                                                 const Workspace& workspace);

}  // namespace warp
