// What an installation by requirements.txt depends on.
#pragma once

#include <string>

namespace warp {

// The text of the folder's requirements.txt and of what it includes with -r and -c, and the files
// of packages in folders that it names.
[[nodiscard]] std::string read_requirements(const std::string& folder);

}  // namespace warp
