// Puts a request's head, and what has arrived of its body, into a channel.
#pragma once

#include "base/result.hpp"
#include "mod_warp/child/request.hpp"

namespace warp {

// In one system call for a usual request. A failure means that the worker surely has not started
// it.
[[nodiscard]] Result<> send_request(channel::Channel& channel, const Request& request);

}  // namespace warp
