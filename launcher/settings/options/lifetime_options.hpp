// When a Python process is replaced.
#pragma once

#include <array>

#include "launcher/settings/option.hpp"
#include "launcher/settings/store.hpp"

namespace warp {

inline constexpr std::string_view kLifetime = "Replacing processes";
inline constexpr std::uint64_t kLongestLife = 604'800;  // seconds: a week

inline constexpr std::array kLifetimeOptions = {
    Option{.name = "restart-interval",
           .value_name = "N",
           .fallback = "0",
           .group = kLifetime,
           .help = "Seconds after which a process is replaced, or up to a tenth more; 0 for never",
           .store = store_seconds<&Settings::restart_interval>,
           .highest = kLongestLife},
    Option{.name = "inactivity-timeout",
           .value_name = "N",
           .fallback = "0",
           .group = kLifetime,
           .help = "Seconds without a request after which a process that has served some is "
                   "replaced; 0 for never",
           .store = store_seconds<&Settings::inactivity_timeout>,
           .highest = kLongestLife},
    Option{.name = "cpu-time-limit",
           .value_name = "N",
           .fallback = "0",
           .group = kLifetime,
           .help = "Seconds of CPU time after which a process is replaced; 0 for never",
           .store = store_seconds<&Settings::cpu_time_limit>,
           .highest = kLongestLife},
    Option{.name = "memory-limit",
           .value_name = "BYTES",
           .fallback = "0",
           .group = kLifetime,
           .help = "Resident memory (bytes, or 512M, 2G) beyond which a process is replaced; 0 for "
                   "none",
           .store = store_bytes<&Settings::memory_limit>},
    Option{.name = "memory-hard-limit",
           .value_name = "BYTES",
           .fallback = "0",
           .group = kLifetime,
           .help = "The same, beyond which a process is killed with its requests; 0 for none",
           .store = store_bytes<&Settings::memory_hard_limit>},
    Option{.name = "retry-non-idempotent",
           .shape = Shape::kFlag,
           .group = kLifetime,
           .help = "Give a request whose process has died to another one, once, even if its method "
                   "is not safe (POST, PUT, ...) and the application had been called with it",
           .store = store_flag<&Settings::retry_non_idempotent>},
    Option{.name = "reload-on-changes",
           .shape = Shape::kFlag,
           .group = kLifetime,
           .help = "For development: reload when a file of the project that is imported has "
                   "changed",
           .store = store_flag<&Settings::reload_on_changes>},
};

}  // namespace warp
