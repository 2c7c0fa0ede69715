// Writes the head of a request from what httpd knows about it.
#pragma once

#include "base/result.hpp"
#include "mod_warp/child/request.hpp"

namespace warp {

// Into Request::head. kTooLarge when the header fields exceed what a channel carries.
[[nodiscard]] Result<> encode_head(Request& request);

}  // namespace warp
