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

// The client does not wait for an answer any more: it has closed the connection or its sending
// side, or, with HTTP/2, reset the stream.
[[nodiscard]] bool is_client_gone(const conn_rec* connection);

enum class ClientWatch : std::uint8_t {
  kForInput,  // something of the request's body comes, or the end
  kForEnd,    // it goes away
};

// Until the worker has something to read, or the client does what it is watched for, or the
// deadline has passed; the caller looks at all three. May return earlier.
void wait_for_input(int worker, std::optional<int> client, ClientWatch watch,
                    const Deadline& deadline);

}  // namespace warp
