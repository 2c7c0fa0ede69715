// The module in an Apache that somebody else configures: what its configuration needs to load it.
#pragma once

#include <string>

#include "base/result.hpp"
#include "launcher/plan/plan.hpp"

namespace warp {

// The LoadModule line.
[[nodiscard]] Result<std::string> module_config(const Installation& installation);

// Writes warp.load and warp.conf into a folder like Debian's mods-available, or one warp.conf into
// another. An empty directory means that of this machine's Apache. Gives what to do next, as a text
// to print.
[[nodiscard]] Result<std::string> install_module(const Installation& installation,
                                                 const std::string& directory);

}  // namespace warp
