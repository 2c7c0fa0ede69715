// httpd's old children close kept connections that are idle, also those that a request is on its
// way on. So their clients are told to close them shortly before: Installation::farewell.
#pragma once

#include "mod_warp/config/process_group.hpp"

namespace warp {

// At each start and restart, in httpd's parent: the flag of this configuration.
void prepare_farewell(Installation& installation, const server_rec* server);

// All MPMs of Unix log such a line after the signal and right before they tell their children.
// There is no hook for just that, and none other between the two.
[[nodiscard]] bool means_graceful_restart(const ap_errorlog_info* line);
// Waits, so that clients that send something meanwhile learn of it. In httpd's parent.
void announce_graceful_restart(const Installation& installation);

}  // namespace warp
