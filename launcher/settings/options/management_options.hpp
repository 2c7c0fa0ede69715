// The pages for those who watch a server: health, metrics and status.
#pragma once

#include <array>

#include "launcher/settings/option.hpp"
#include "launcher/settings/store.hpp"

namespace warp {

inline constexpr std::string_view kManagement = "Management";

inline constexpr std::array kManagementOptions = {
    Option{.name = "management-port",
           .value_name = "N",
           .otherwise = "there are no such pages",
           .group = kManagement,
           .help = "Port of the pages /livez, /readyz, /startupz, /metrics and /status, which "
                   "httpd answers by itself, also when the application does not; 0 for none",
           .store = store_integer<&Settings::management_port>,
           .lowest = 0,
           .highest = 65535},
    Option{.name = "management-host",
           .value_name = "HOST",
           .fallback = "127.0.0.1",
           .group = kManagement,
           .help = "Name or address to listen on for these pages, * for all; whoever reaches it "
                   "may read them",
           .store = store_text<&Settings::management_host>},
    Option{.name = "saturation-timeout",
           .value_name = "N",
           .fallback = "0",
           .group = kManagement,
           .help = "Seconds without a free application thread after which /readyz says no; 0 for "
                   "never",
           .store = store_seconds<&Settings::saturation_timeout>,
           .highest = 604'800},
};

}  // namespace warp
