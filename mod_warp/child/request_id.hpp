// What a request is called, in the logs, in environ and for the client.
#pragma once

#include <cstdint>
#include <string_view>

#include "mod_warp/apache.hpp"

namespace warp {

// What a trusted proxy has called it (WarpTrustedRequestId), else httpd's own name for it, else
// `number`. From now on it is httpd's name, too. With WarpTrustedRequestId the client is told.
[[nodiscard]] std::string_view name_request(request_rec* request, std::uint64_t number);

// The application tells the client about an id itself: that one counts.
void yield_to_own_id(request_rec* request);

}  // namespace warp
