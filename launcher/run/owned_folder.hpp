// A folder within the server root that the application's user writes into.
#pragma once

#include <string>

#include "base/result.hpp"
#include "launcher/host/host.hpp"

namespace warp {

// Makes it, if it is not there. httpd's user may read it.
[[nodiscard]] Result<> make_owned_folder(const std::string& path, const Account& owner);

}  // namespace warp
