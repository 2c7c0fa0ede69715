// %^wj of httpd's LogFormat: a request as a JSON object.
#pragma once

#include "mod_warp/apache.hpp"

namespace warp {

// For the hook before httpd reads its configuration, in which LogFormat stands.
void offer_json_access_log(apr_pool_t* pool);

}  // namespace warp
