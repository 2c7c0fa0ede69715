// Before httpd stops or restarts, clients are told not to send another request on their
// connections: httpd closes idle ones then, and can't see what is on its way.
#pragma once

#include "mod_warp/apache.hpp"

namespace warp {

// If it is time for that, the response to this request will say so.
void say_farewell(request_rec* request);

}  // namespace warp
