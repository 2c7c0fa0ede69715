// Where the pages for health, metrics and status are.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

// Arguments of httpd's Listen; none when nobody asked for the pages. Errors as those of
// plan_listen(), with the options' own names.
[[nodiscard]] Result<std::vector<std::string>> plan_management(const Settings& settings);

// The same for <VirtualHost>.
[[nodiscard]] std::vector<std::string> virtual_hosts_of(const std::vector<std::string>& listen);

}  // namespace warp
