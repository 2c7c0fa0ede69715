// What is noted of a request when httpd logs it.
#pragma once

#include "mod_warp/apache.hpp"

namespace warp {

// `first`: as the client sent it, before any redirect within httpd. Counts a request that has come
// to an application, and leaves notes for the access log: %{warp-queue-time}n and its like.
void note_request(request_rec* first);

}  // namespace warp
