// The addresses that httpd listens on, tried before anything is written.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace warp {

struct ListenPlan {
  std::vector<std::string> listen;  // arguments of httpd's Listen
  std::string url;                  // where a browser goes
};

// Resolves the host ("" for all addresses) and binds each address for a moment: kAddressInUse names
// who has it, as far as this user may see that.
[[nodiscard]] Result<ListenPlan> plan_listen(const std::string& host, std::uint16_t port);

}  // namespace warp
