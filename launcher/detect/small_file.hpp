// Files of a project that somebody else has written and that ought to be small.
#pragma once

#include <optional>
#include <string>

namespace warp {

// The text of a file; nothing for one that is missing, can't be read, or is larger than 256 KiB.
[[nodiscard]] std::optional<std::string> read_small_file(const std::string& path);

// As a file of a project is told about: its path below the folder; the whole one when it is
// elsewhere.
[[nodiscard]] std::string path_below(const std::string& path, const std::string& directory);

}  // namespace warp
