// Where a server is when nobody says it: the same for who starts it and who looks for it later.
#pragma once

#include <string>

#include "launcher/host/host.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

// By user, host and port: warpdrive-HOST:PORT:UID in $TMPDIR, /tmp or /dev/shm, whichever can be
// written to.
[[nodiscard]] std::string default_server_root(const Settings& settings, const Host& host);

}  // namespace warp
