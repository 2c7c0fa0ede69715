// Who httpd's children run as.
#pragma once

#include "launcher/plan/plan.hpp"

namespace warp {

// For root: www-data if it can read all static files, else the application's user; nobody else than
// the current user can choose, so nullopt.
[[nodiscard]] Result<std::optional<Account>> choose_httpd_user(
    const Project& project, const std::vector<StaticFiles>& files, Host& host);

}  // namespace warp
