// The status page and its JSON as a response.
#pragma once

#include "mod_warp/apache.hpp"

namespace warp {

// What the handler hook returns: with the query `json` the JSON, else the page.
int send_status(request_rec* request);

}  // namespace warp
