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
    Option{.name = "error-log-name",
           .value_name = "NAME",
           .fallback = "error_log",
           .group = kLogs,
           .help = "Name of the error log's file",
           .store = store_text<&Settings::error_log_name>},
    Option{.name = "access-log-name",
           .value_name = "NAME",
           .fallback = "access_log",
           .group = kLogs,
           .help = "Name of the access log's file",
           .store = store_text<&Settings::access_log_name>},
    Option{.name = "error-log-format",
           .value_name = "TEXT",
           .otherwise = "httpd's own",
           .group = kLogs,
           .help = "Form of httpd's lines in the error log, as of its ErrorLogFormat; those of the "
                   "Python processes keep theirs",
           .store = store_text<&Settings::error_log_format>},
    Option{.name = "access-log-format",
           .value_name = "TEXT",
           .otherwise = "combined",
           .group = kLogs,
           .help = "Form of the access log's lines: common, combined, or as of httpd's LogFormat",
           .store = store_text<&Settings::access_log_format>},
    Option{.name = "log-format",
           .value_name = "FORMAT",
           .fallback = "text",
           .group = kLogs,
           .help = "Whether the lines of the logs are text, or a JSON object each; with "
                   "log-to-terminal JSON goes to standard output",
           .store = store_chosen_word<&Settings::log_format>,
           .choices = "text|json"},
    Option{.name = "rotate-logs",
           .shape = Shape::kFlag,
           .group = kLogs,
           .help = "Begin a new file when a log has reached max-log-size; the full one is kept as "
                   "NAME.DATE",
           .store = store_flag<&Settings::rotate_logs>},
    Option{.name = "max-log-size",
           .value_name = "BYTES",
           .fallback = "5M",
           .group = kLogs,
           .help = "Size (bytes, or 512K, 5M, 1G) at which rotate-logs begins a new file",
           .store = store_bytes<&Settings::max_log_size>},
    Option{.name = "rotatelogs-executable",
           .value_name = "FILE",
           .otherwise = "rotatelogs on the PATH",
           .group = kLogs,
           .help = "httpd's program for that",
           .store = store_path<&Settings::rotatelogs_executable>},
};

}  // namespace warp
