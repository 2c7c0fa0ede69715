// Who listens on a port, from /proc.
#pragma once

#include <cstdint>
#include <string>

namespace warp {

// "nginx (pid 812)"; empty when this user may not see it.
[[nodiscard]] std::string port_owner(std::uint16_t port);

}  // namespace warp
