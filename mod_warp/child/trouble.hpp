// Why a try to have a request answered came to nothing.
#pragma once

#include <optional>
#include <string>

#include "mod_warp/core/retry.hpp"

namespace warp {

// nginx's number for a client that has hung up: for the access log, as nobody reads the answer.
inline constexpr int kClientClosedRequest = 499;

struct Trouble {
  core::Failure failure{};
  std::string detail;
  std::optional<int> client_status;  // the client's own doing: no other try, nothing to log
};

}  // namespace warp
