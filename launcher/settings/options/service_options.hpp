// Programs of the project's that run beside the server.
#pragma once

#include <array>

#include "launcher/settings/option.hpp"
#include "launcher/settings/store.hpp"

namespace warp {

inline constexpr std::string_view kServices = "Side processes";

inline constexpr std::array kServiceOptions = {
    Option{.name = "service-script",
           .shape = Shape::kPairs,
           .value_name = "NAME FILE",
           .group = kServices,
           .help = "A Python script that runs beside the server for as long as that does: a "
                   "worker for a queue, a scheduler. It is started anew when it ends, and gets "
                   "SIGTERM when the server has stopped",
           .store = store_path_pairs<&Settings::service_scripts>},
    Option{.name = "service-user",
           .shape = Shape::kPairs,
           .value_name = "NAME USER",
           .group = kServices,
           .help = "Who the service of that name runs as, if not the application's user; only root "
                   "can choose",
           .store = store_pairs<&Settings::service_users>},
    Option{.name = "service-group",
           .shape = Shape::kPairs,
           .value_name = "NAME GROUP",
           .group = kServices,
           .help = "The group that the service of that name runs as; only root can choose",
           .store = store_pairs<&Settings::service_groups>},
    Option{.name = "service-log-file",
           .shape = Shape::kPairs,
           .value_name = "NAME FILE",
           .group = kServices,
           .help = "Where the service of that name logs, if not to the file NAME.log among the "
                   "server's logs, or the terminal",
           .store = store_path_pairs<&Settings::service_log_files>},
};

}  // namespace warp
