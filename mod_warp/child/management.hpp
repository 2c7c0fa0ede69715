// The handlers warp-management and warp-status: health, metrics and state of all process groups,
// answered without any worker.
#pragma once

#include "base/result.hpp"
#include "mod_warp/apache.hpp"

namespace warp {

// SetHandler warp-management, whose pages the last segment of the path names, or warp-status, which
// is the status page wherever it stands.
[[nodiscard]] bool is_for_management(const request_rec* request);

// What the handler hook returns.
[[nodiscard]] Result<int> answer_management(request_rec* request);

}  // namespace warp
