// For the one who writes the application; never for a server that others can reach.
#pragma once

#include <array>

#include "mod_warp/core/options/set_option.hpp"

namespace warp::core {

inline constexpr std::array kDevelopmentOptions = {
    GroupOption{"error-page", "production or development", "production",
                "What a client gets when the application fails: a page that tells nothing, or one "
                "with traceback, source lines and the request. The second is for a developer's own "
                "machine",
                set_error_page},
    GroupOption{"debugger", "terminal", "none",
                "Python's debugger looks at each exception that a request ends with, and at "
                "breakpoint(), on that terminal: /dev/pts/3",
                set_text<&wire::GroupConfig::debugger>},
    GroupOption{"profile", "directory", "none",
                "Each worker leaves a profile (cProfile) of its requests there when it ends",
                set_text<&wire::GroupConfig::profile_folder>},
    GroupOption{"coverage", "directory", "none",
                "Each worker leaves a report there when it ends: which lines of the project were "
                "run. Needs the package coverage",
                set_text<&wire::GroupConfig::coverage_folder>},
};

}  // namespace warp::core
