// What is logged, and where to.
#pragma once

#include <array>

#include "launcher/settings/option.hpp"
#include "launcher/settings/store.hpp"

namespace warp {

inline constexpr std::string_view kLogs = "Logs";
inline constexpr std::string_view kLevels =
    "trace8|trace7|trace6|trace5|trace4|trace3|trace2|trace1|debug|info|notice|warn|error|crit|"
    "alert|emerg";

inline constexpr std::array kLogOptions = {
    Option{.name = "log-level",
           .value_name = "LEVEL",
           .fallback = "warn",
           .group = kLogs,
           .help = "Lowest level of httpd's messages in the error log",
           .store = store_chosen_word<&Settings::log_level>,
           .choices = kLevels},
    Option{.name = "log-to-terminal",
           .shape = Shape::kFlag,
           .group = kLogs,
           .help = "Write the error log to standard error and the access log to standard output",
           .store = store_flag<&Settings::log_to_terminal>},
    Option{.name = "access-log",
           .shape = Shape::kFlag,
           .group = kLogs,
           .help = "Write an access log",
           .store = store_flag<&Settings::access_log>},
    Option{.name = "log-directory",
           .value_name = "DIR",
           .otherwise = "the server root",
           .group = kLogs,
           .help = "Where the log files are written",
           .store = store_path<&Settings::log_directory>},
};

}  // namespace warp
