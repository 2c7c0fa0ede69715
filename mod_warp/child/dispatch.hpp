// Finds a worker that answers the request, trying again where that is safe.
#pragma once

#include "mod_warp/child/connect.hpp"
#include "mod_warp/child/request.hpp"

namespace warp {

// A worker has begun to answer.
struct Answer {
  Lease lease;
  wire::Frame head;  // kResponseHead; valid until the lease's next receive
};

// Or the status that the client gets, with the reason logged.
[[nodiscard]] tl::expected<Answer, int> dispatch(Request& request);

}  // namespace warp
