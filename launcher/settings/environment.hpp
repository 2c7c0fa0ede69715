// Settings from WARPDRIVE_… variables.
#pragma once

#include "launcher/host/host.hpp"
#include "launcher/settings/option.hpp"
#include "launcher/settings/problems.hpp"

namespace warp {

// Lists and pairs are words: WARPDRIVE_URL_ALIAS="/media=/srv/media /x=/y". An unknown variable is
// a warning, for other tools may share the prefix.
[[nodiscard]] std::vector<Given> read_environment(Host& host, Problems& problems);

}  // namespace warp
