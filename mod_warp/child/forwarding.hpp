// What trusted proxies say about a request.
#pragma once

#include <optional>

#include "mod_warp/apache.hpp"
#include "mod_warp/core/trusted_proxies.hpp"

namespace warp {

// nullopt: neither WarpTrustedProxyHeaders nor WarpTrustedProxies is written for it.
[[nodiscard]] std::optional<core::Forwarding> forwarding_of(const request_rec* request);

// The peer is in WarpTrustedProxies, or there are none.
[[nodiscard]] bool is_from_trusted_proxy(const request_rec* request);

}  // namespace warp
