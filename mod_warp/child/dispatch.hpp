// Finds a worker that answers the request, trying again where that is safe.
#pragma once

#include "mod_warp/child/conversation.hpp"

namespace warp {

// A worker has begun to answer.
struct Answer {
  Conversation worker;
  wire::Frame head;  // kResponseHead; valid until the worker's next frame
};

// Or the status that the client gets, with the reason logged.
[[nodiscard]] tl::expected<Answer, int> dispatch(Request& request);

}  // namespace warp
