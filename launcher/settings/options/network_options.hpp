// Where clients find it, and by which names.
#pragma once

#include <array>

#include "launcher/settings/option.hpp"
#include "launcher/settings/store.hpp"

namespace warp {

inline constexpr std::string_view kNetwork = "Network";

inline constexpr std::array kNetworkOptions = {
    Option{.name = "host",
           .value_name = "HOST",
           .otherwise = "all addresses",
           .group = kNetwork,
           .help = "Name or address to listen on",
           .store = store_text<&Settings::host>},
    Option{.name = "port",
           .value_name = "N",
           .fallback = "8000",
           .group = kNetwork,
           .help = "Port to listen on",
           .store = store_integer<&Settings::port>,
           .lowest = 1,
           .highest = 65535},
    Option{.name = "server-name",
           .value_name = "NAME",
           .otherwise = "localhost, and every name is served",
           .group = kNetwork,
           .help = "The server's own name. Requests for any other host than this one and those of "
                   "server-alias are answered 400; health checks often come with an address for "
                   "name, so give that an alias, or allow every name with server-alias *",
           .store = store_text<&Settings::server_name>},
    Option{.name = "server-alias",
           .shape = Shape::kMany,
           .value_name = "NAME",
           .group = kNetwork,
           .help = "A further name or address of the server's; may have the wild cards * and ?",
           .store = store_texts<&Settings::server_aliases>},
    Option{.name = "allow-localhost",
           .shape = Shape::kFlag,
           .group = kNetwork,
           .help = "With server-name: localhost, 127.0.0.1 and [::1] are names of the server's too",
           .store = store_flag<&Settings::allow_localhost>},
    Option{.name = "server-backlog",
           .value_name = "N",
           .fallback = "500",
           .group = kNetwork,
           .help = "How many connections the kernel keeps for httpd until it accepts them",
           .store = store_integer<&Settings::server_backlog>,
           .lowest = 1,
           .highest = 65535},
};

}  // namespace warp
