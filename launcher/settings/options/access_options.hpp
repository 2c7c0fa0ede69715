// Who is let in.
#pragma once

#include <array>

#include "launcher/settings/option.hpp"
#include "launcher/settings/store.hpp"

namespace warp {

inline constexpr std::string_view kAccess = "Access";

inline constexpr std::array kAccessOptions = {
    Option{.name = "auth-user-file",
           .value_name = "FILE",
           .otherwise = "everybody is let in",
           .group = kAccess,
           .help = "Users and their passwords, as htpasswd writes them; nobody else is let in "
                   "(HTTP Basic). The application finds the user in REMOTE_USER",
           .store = store_path<&Settings::auth_user_file>},
    Option{.name = "auth-name",
           .value_name = "TEXT",
           .fallback = "Restricted",
           .group = kAccess,
           .help = "What a browser shows when it asks for the password (the realm)",
           .store = store_text<&Settings::auth_name>},
    Option{.name = "server-status",
           .shape = Shape::kFlag,
           .group = kAccess,
           .help = "Show at /server-status what httpd is doing, to clients on this machine; behind "
                   "a proxy on this machine that is everybody",
           .store = store_flag<&Settings::server_status>},
};

}  // namespace warp
