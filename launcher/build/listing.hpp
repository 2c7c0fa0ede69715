// What tells that a package in a folder has changed.
#pragma once

#include <string>

namespace warp {

// Names, sizes and times of the files: any of them may be part of the package.
[[nodiscard]] std::string listing_of(const std::string& folder);

}  // namespace warp
