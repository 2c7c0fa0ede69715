// The handler warp-management: health and metrics of all process groups, answered without any
// worker.
#pragma once

#include "base/result.hpp"
#include "mod_warp/apache.hpp"

namespace warp {

// SetHandler warp-management.
[[nodiscard]] bool is_for_management(const request_rec* request);

// What the handler hook returns. The last segment of the path says which page.
[[nodiscard]] Result<int> answer_management(request_rec* request);

}  // namespace warp
