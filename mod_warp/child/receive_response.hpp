// Brings a worker's answer to the client, frame by frame.
#pragma once

#include "mod_warp/child/dispatch.hpp"

namespace warp {

// What the handler returns to httpd.
[[nodiscard]] int receive_response(Request& request, Answer answer);

}  // namespace warp
