// What httpd's parent gives to the launcher, if that has started httpd, so that connections end
// without a loss when httpd stops or restarts: its listening sockets, whose backlogs can then be
// emptied first, and the memory of Installation::farewell.
#pragma once

#include "base/unique_fd.hpp"

namespace warp {

// At each start and restart, in httpd's parent. Without a launcher, or when it does not take them,
// nothing happens.
void meet_launcher(const UniqueFd& flag);

}  // namespace warp
