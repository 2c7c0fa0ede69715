// Our figures on httpd's own page server-status, where mod_status is loaded.
#pragma once

#include "mod_warp/apache.hpp"

namespace warp {

// `flags`: of mod_status.h.
void add_to_server_status(request_rec* request, int flags);

}  // namespace warp
