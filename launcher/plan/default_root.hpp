// Where a server is when nobody says it: the same for who starts it and who looks for it later.
#pragma once

#include <string>

#include "launcher/host/host.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

// By user, host and port: ${TMPDIR:-/tmp}/warpdrive-HOST:PORT:UID.
[[nodiscard]] std::string default_server_root(const Settings& settings, const Host& host);

}  // namespace warp
