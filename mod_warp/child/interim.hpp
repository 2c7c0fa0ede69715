// Interim responses, ahead of the response itself: 103 Early Hints (RFC 8297) and 100 Continue.
#pragma once

#include "mod_warp/apache.hpp"
#include "wire/response_head.hpp"

namespace warp {

// Goes out at once, with those fields that are hints; nothing without one. A client of HTTP/1.0
// gets none, one of HTTP/2 only with mod_http2's H2EarlyHints. The final response is not touched.
void send_interim(request_rec* request, const wire::ResponseHead& head);

// Before the child waits for a body that the client may hold back (Expect: 100-continue); httpd
// itself asks for it only where it is read by waiting. False when that is the way to go on: httpd
// then gives the body of a request that the application refuses as an empty one.
[[nodiscard]] bool ask_for_body(request_rec* request);

}  // namespace warp
