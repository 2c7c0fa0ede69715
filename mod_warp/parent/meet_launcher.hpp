// What httpd's parent gives to the launcher, if that has started httpd, so that connections end
// without a loss when httpd stops or restarts: its listening sockets, whose backlogs can then be
// emptied first, and a flag.
#pragma once

#include "base/shared_flag.hpp"
#include "mod_warp/apache.hpp"

namespace warp {

// At each start and restart, in httpd's parent. The flag that the launcher sets when responses of
// this configuration shall end their connections; one that is never set when there is no launcher.
[[nodiscard]] SharedFlag meet_launcher(const server_rec* server);

}  // namespace warp
