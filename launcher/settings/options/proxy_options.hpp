// What is believed of the proxies before this server.
#pragma once

#include <array>

#include "launcher/settings/option.hpp"
#include "launcher/settings/store.hpp"

namespace warp {

inline constexpr std::string_view kTrustedProxies = "Trusted proxies";

inline constexpr std::array kProxyOptions = {
    Option{.name = "trust-proxy-header",
           .shape = Shape::kMany,
           .value_name = "NAME",
           .otherwise = "none",
           .group = kTrustedProxies,
           .help = "A header field in which a proxy tells of the client, and which is believed "
                   "(see WarpTrustedProxyHeaders in directives.md)",
           .store = store_choices<&Settings::trust_proxy_headers>,
           .choices = "X-Forwarded-For|Forwarded|X-Client-IP|X-Real-IP|X-Forwarded-Host|X-Host|"
                      "X-Forwarded-Server|X-Forwarded-Port|X-Forwarded-Proto|X-Forwarded-Scheme|"
                      "X-Scheme|X-Forwarded-HTTPS|X-Forwarded-SSL|X-HTTPS|X-Script-Name|"
                      "X-Forwarded-Script-Name|X-Forwarded-Prefix"},
    Option{.name = "trust-proxy",
           .shape = Shape::kMany,
           .value_name = "ADDRESS",
           .otherwise = "every client that sends such a header field",
           .group = kTrustedProxies,
           .help = "Address or network (10.0.0.0/8) of a proxy whose header fields are believed; "
                   "`*` for every client",
           .store = store_networks<&Settings::trust_proxies>},
};

}  // namespace warp
