// Other servers behind this one.
#pragma once

#include <array>

#include "launcher/settings/option.hpp"
#include "launcher/settings/store.hpp"

namespace warp {

inline constexpr std::string_view kBackends = "Other servers behind this one";

inline constexpr std::array kBackendOptions = {
    Option{.name = "proxy-mount-point",
           .shape = Shape::kPairs,
           .value_name = "URL URL",
           .group = kBackends,
           .help = "A URL path whose requests another server answers, WebSockets included: "
                   "/chat http://127.0.0.1:9000/chat",
           .store = store_pairs<&Settings::proxy_mount_points>},
    Option{.name = "proxy-virtual-host",
           .shape = Shape::kPairs,
           .value_name = "NAME URL",
           .group = kBackends,
           .help = "A host name whose requests another server answers: "
                   "chat.example.org http://127.0.0.1:9000",
           .store = store_pairs<&Settings::proxy_virtual_hosts>},
    Option{.name = "proxy-timeout",
           .value_name = "N",
           .otherwise = "socket-timeout",
           .group = kBackends,
           .help = "Seconds that such a server, or a WebSocket, may be silent",
           .store = store_seconds<&Settings::proxy_timeout>,
           .lowest = 1,
           .highest = 86400},
};

}  // namespace warp
