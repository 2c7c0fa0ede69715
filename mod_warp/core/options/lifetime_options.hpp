// When a worker is replaced by another one.
#pragma once

#include <array>

#include "mod_warp/core/options/set_option.hpp"

namespace warp::core {

inline constexpr std::array kLifetimeOptions = {
    GroupOption{"maximum-requests", "0 to 1000000000", "0",
                "A worker is replaced when it has served so many requests, or, by chance, up to a "
                "tenth more, so that not all are replaced at once. 0: never",
                set_number<&wire::GroupConfig::maximum_requests, 0, 1'000'000'000>},
    GroupOption{"restart-interval", "seconds", "0 (never)",
                "A worker is replaced after that time, or up to a tenth more",
                set_seconds<&wire::GroupConfig::restart_interval, 0>},
    GroupOption{"inactivity-timeout", "seconds", "0 (never)",
                "A worker that has served requests, and none for so long, is replaced",
                set_seconds<&wire::GroupConfig::inactivity_timeout, 0>},
    GroupOption{"cpu-time-limit", "seconds", "0 (none)",
                "A worker that has used so much CPU time is replaced",
                set_seconds<&wire::GroupConfig::cpu_time_limit, 0>},
    GroupOption{"memory-limit", "bytes, K, M or G", "0 (none)",
                "A worker whose resident memory is more is replaced",
                set_bytes<&wire::GroupConfig::memory_limit>},
    GroupOption{"memory-hard-limit", "bytes, K, M or G", "0 (none)",
                "A worker whose resident memory is more is killed, with its requests",
                set_bytes<&wire::GroupConfig::memory_hard_limit>},
};

}  // namespace warp::core
