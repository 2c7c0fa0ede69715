// What httpd lets through although HTTP has another meaning for it.
#pragma once

#include "mod_warp/apache.hpp"

namespace warp {

// OK, or the status that the client gets; the connection ends with it, for what comes next on it
// may be no request.
[[nodiscard]] int refusal_of(request_rec* request);

}  // namespace warp
