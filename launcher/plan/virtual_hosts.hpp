// The virtual hosts that names, HTTPS and proxies need.
#pragma once

#include "launcher/plan/plan.hpp"

namespace warp {

// None when one server for every name and one port is all there is. The first of a port is also
// for requests that name no host, or one that is not known.
[[nodiscard]] std::vector<VirtualHost> plan_virtual_hosts(const Settings& settings);

}  // namespace warp
