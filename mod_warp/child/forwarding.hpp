// What trusted proxies say about a request.
#pragma once

#include <optional>

#include "mod_warp/apache.hpp"
#include "mod_warp/core/trusted_proxies.hpp"

namespace warp {

// nullopt: neither WarpTrustedProxyHeaders nor WarpTrustedProxies is written for it.
[[nodiscard]] std::optional<core::Forwarding> forwarding_of(const request_rec* request);

}  // namespace warp
