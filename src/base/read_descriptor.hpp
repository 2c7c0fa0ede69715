// Reads what a descriptor's file holds, for configuration that comes in a memfd.
#pragma once

#include <cstddef>
#include <string>

#include "base/result.hpp"

namespace warp {

// From the file's start, wherever its position is. kTooLarge when it holds more than `limit` bytes.
[[nodiscard]] Result<std::string> read_whole_file(int fd, std::size_t limit);

}  // namespace warp
