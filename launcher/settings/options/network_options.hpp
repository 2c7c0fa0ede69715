// Where clients find it, and what httpd serves by itself.
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
           .otherwise = "localhost",
           .group = kNetwork,
           .help = "The server's own name, where a request does not bring one",
           .store = store_text<&Settings::server_name>},
    Option{.name = "url-alias",
           .shape = Shape::kPairs,
           .value_name = "URL PATH",
           .group = kNetwork,
           .help = "A folder or file that httpd serves itself at a URL",
           .store = store_path_pairs<&Settings::url_aliases>},
    Option{.name = "mime-types",
           .value_name = "FILE",
           .otherwise = "/etc/mime.types, else a short list",
           .group = kNetwork,
           .help = "Content types by file name extension",
           .store = store_path<&Settings::mime_types>},
    Option{.name = "limit-request-body",
           .value_name = "BYTES",
           .fallback = "10485760",
           .group = kNetwork,
           .help = "Largest request body; 0 for any size",
           .store = store_integer<&Settings::limit_request_body>,
           .highest = 9'000'000'000'000'000'000U},
};

}  // namespace warp
