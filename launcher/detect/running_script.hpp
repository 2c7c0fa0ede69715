// A script of the project's that is the server may call warpdrive itself, and must not be started
// by that again, for ever.
#pragma once

#include "launcher/host/host.hpp"

namespace warp {

// For what `path` starts: that it runs, and no longer the server type or mode that chose it.
void enter_script(Environment& environment, const std::string& path);

// Whether we have been started by it.
[[nodiscard]] bool is_within_script(const Environment& environment, const std::string& path);

// kInvalidSetting within the script, with the way out.
[[nodiscard]] Result<> check_not_within_script(const Environment& environment,
                                               const std::string& path);

}  // namespace warp
