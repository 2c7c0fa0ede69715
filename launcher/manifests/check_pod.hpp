// Settings with which a pod would run and never get a request.
#pragma once

#include "base/result.hpp"
#include "launcher/manifests/manifest_request.hpp"

namespace warp {

// Of httpd's options only those that the manifest's own variables do not replace.
[[nodiscard]] Result<> check_pod(const Settings& settings, ServedBy served_by);

}  // namespace warp
