#include "mod_warp/child/farewell.hpp"

#include "mod_warp/config/process_group.hpp"

namespace warp {

void say_farewell(request_rec* request) {
  if (!config_of(request->server).installation->farewell.is_set()) return;
  // A stream of HTTP/2: mod_http2 ends the connection, with GOAWAY.
  if (request->connection->master != nullptr) return;
  // By the header and not by the connection's state, so that the response is still chunked.
  apr_table_setn(request->err_headers_out, "Connection", "close");
}

}  // namespace warp
