// A request for an application, from httpd to a worker and back.
#pragma once

#include "base/result.hpp"
#include "mod_warp/apache.hpp"

namespace warp {

// What the handler hook returns. The request must be ours (match.hpp).
[[nodiscard]] Result<int> handle(request_rec* request);

}  // namespace warp
