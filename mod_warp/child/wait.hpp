// Waiting for a worker and the client at the same time.
#pragma once

#include <optional>

#include "base/deadline.hpp"
#include "mod_warp/apache.hpp"

namespace warp {

// The client's socket; nullopt where the connection has none of its own (HTTP/2, whose streams all
// share one). What httpd's filters hold already doesn't show there: it is to be read first, without
// waiting.
[[nodiscard]] std::optional<int> pollable_client(const conn_rec* connection);

// Until one of them has something to read or is closed, or a second or the deadline has passed:
// limits on the client's pace (mod_reqtimeout) hold only where it is tried to read.
void wait_for_input(int worker, std::optional<int> client, const Deadline& deadline);

}  // namespace warp
