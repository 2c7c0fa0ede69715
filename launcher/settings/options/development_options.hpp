// For the one who writes the application.
#pragma once

#include <array>

#include "launcher/settings/option.hpp"
#include "launcher/settings/store.hpp"

namespace warp {

inline constexpr std::string_view kDevelopment = "Development";

inline constexpr std::array kDevelopmentOptions = {
    Option{.name = "debug-mode",
           .shape = Shape::kFlag,
           .group = kDevelopment,
           .help = "For development: one process, reachable from this machine only, that reloads "
                   "changed code, logs to the terminal and shows errors in the browser; each of "
                   "these gives way to its own option, but for the one process",
           .store = store_flag<&Settings::debug_mode>},
    Option{.name = "error-page",
           .value_name = "KIND",
           .otherwise = "development with debug-mode, else production",
           .group = kDevelopment,
           .help = "What a client gets when the application fails: a page that tells nothing, or "
                   "one with traceback, source lines and the request",
           .store = store_chosen_word<&Settings::error_page>,
           .choices = "production|development"},
    Option{.name = "enable-debugger",
           .shape = Shape::kFlag,
           .group = kDevelopment,
           .help = "With debug-mode: Python's debugger on the terminal, after each exception that "
                   "ends a request and at each breakpoint(); then nothing is reloaded",
           .store = store_flag<&Settings::enable_debugger>},
    Option{.name = "enable-profiler",
           .shape = Shape::kFlag,
           .group = kDevelopment,
           .help = "With debug-mode: a profile (cProfile) of what requests do, written when the "
                   "process ends",
           .store = store_flag<&Settings::enable_profiler>},
    Option{.name = "profiler-directory",
           .value_name = "DIR",
           .otherwise = "pstats in the server root",
           .group = kDevelopment,
           .help = "Where profiles are left",
           .store = store_path<&Settings::profiler_directory>},
    Option{.name = "enable-coverage",
           .shape = Shape::kFlag,
           .group = kDevelopment,
           .help = "With debug-mode: a report of the lines that were run, written when the process "
                   "ends; needs the package coverage",
           .store = store_flag<&Settings::enable_coverage>},
    Option{.name = "coverage-directory",
           .value_name = "DIR",
           .otherwise = "htmlcov in the server root",
           .group = kDevelopment,
           .help = "Where the report is left",
           .store = store_path<&Settings::coverage_directory>},
};

}  // namespace warp
