// The settings from all sources: flag, then environment variable, then warpdrive.toml, then
// default.
#pragma once

#include "launcher/host/host.hpp"
#include "launcher/settings/option.hpp"

namespace warp {

// Reports all problems at once.
[[nodiscard]] Result<Settings> read_settings(const std::vector<Given>& flags, Host& host);

}  // namespace warp
