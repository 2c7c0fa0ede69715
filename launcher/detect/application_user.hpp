// Who the application runs as, and whether that user gets at what it needs.
#pragma once

#include "launcher/detect/project.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

constexpr auto kWebUser = "www-data";

// For root: --user, else the owner of the project's folder, else www-data; root only when it is
// written. For anybody else: the current user.
[[nodiscard]] Result<Account> find_application_user(const Settings& settings, Host& host);

// One access per folder on the way to the path, so that an answer names the folder that is closed.
void add_way_to(std::vector<Access>& accesses, const std::string& path, int mode);

// An error that names the path that the account can't get at, and what to do.
[[nodiscard]] Result<> check_accesses(Host& host, const Account& account,
                                      const std::vector<Access>& accesses);

}  // namespace warp
