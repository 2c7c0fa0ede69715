// Does a server on this machine accept connections? What `warpdrive ready` and `alive` ask.
#pragma once

#include <cstdint>
#include <string>

#include "base/deadline.hpp"

namespace warp {

// `host` as a server is told to listen on it: an address or a name of this machine; "" and "*" are
// all. True when one of its addresses accepts a connection.
[[nodiscard]] bool accepts_connections(const std::string& host, std::uint16_t port,
                                       Deadline deadline);

}  // namespace warp
