// Settings from warpdrive.toml. The only file that includes toml++ is its .cpp.
#pragma once

#include "launcher/settings/option.hpp"
#include "launcher/settings/problems.hpp"

namespace warp {

// Top-level keys named as the options; a list is an array, pairs are a table. Problems carry line
// and column.
[[nodiscard]] std::vector<Given> read_toml(const std::string& path, std::string_view text,
                                           Problems& problems);

}  // namespace warp
