// How long something may take.
#pragma once

#include <array>

#include "launcher/settings/option.hpp"
#include "launcher/settings/store.hpp"

namespace warp {

inline constexpr std::string_view kTimes = "Time limits (seconds)";
inline constexpr std::int64_t kLongestTime = 86400;

inline constexpr std::array kTimeOptions = {
    Option{
        .name = "request-timeout",
        .value_name = "N",
        .fallback = "60",
        .group = kTimes,
        .help = "How long the application may be silent within a request; then the client gets 504",
        .store = store_seconds<&Settings::request_timeout>,
        .lowest = 1,
        .highest = kLongestTime},
    Option{.name = "interrupt-timeout",
           .value_name = "N",
           .fallback = "0",
           .group = kTimes,
           .help = "How long a request may go on after warp.RequestTimeout was raised in it, at "
                   "request-timeout, before its process is replaced; 0 for replacing it at once",
           .store = store_seconds<&Settings::interrupt_timeout>,
           .highest = kLongestTime},
    Option{.name = "deadlock-timeout",
           .value_name = "N",
           .fallback = "60",
           .group = kTimes,
           .help = "How long a Python process may be unable to run any thread (one holds the GIL) "
                   "before it is ended; 0 for ever",
           .store = store_seconds<&Settings::deadlock_timeout>,
           .highest = kLongestTime},
    Option{.name = "slow-request",
           .value_name = "N",
           .fallback = "0",
           .group = kTimes,
           .help = "A request that takes longer is written to the error log, once, with the Python "
                   "stack of its thread at that moment; 0 for none",
           .store = store_seconds<&Settings::slow_request>,
           .highest = kLongestTime},
    Option{.name = "startup-timeout",
           .value_name = "N",
           .fallback = "15",
           .group = kTimes,
           .help = "Longest time to import the application",
           .store = store_seconds<&Settings::startup_timeout>,
           .lowest = 1,
           .highest = kLongestTime},
    Option{.name = "shutdown-delay",
           .value_name = "N",
           .otherwise = "5 as the first process of a container without a terminal, else 0",
           .group = kTimes,
           .help = "How long the server goes on taking requests after it was told to stop, while "
                   "the file not-ready in its server root tells balancers to send them elsewhere",
           .store = store_seconds<&Settings::shutdown_delay>,
           .highest = kLongestTime},
    Option{.name = "graceful-timeout",
           .value_name = "N",
           .fallback = "15",
           .group = kTimes,
           .help = "How long running requests may go on at a stop or restart",
           .store = store_seconds<&Settings::graceful_timeout>,
           .lowest = 1,
           .highest = kLongestTime},
    Option{.name = "eviction-timeout",
           .value_name = "N",
           .fallback = "0",
           .group = kTimes,
           .help = "The same for a process that is replaced, at a reload or at one of its limits, "
                   "while another one takes the new requests; 0 for graceful-timeout",
           .store = store_seconds<&Settings::eviction_timeout>,
           .highest = kLongestTime},
    Option{.name = "shutdown-timeout",
           .value_name = "N",
           .fallback = "5",
           .group = kTimes,
           .help = "How long a process may take to end after that before it is killed",
           .store = store_seconds<&Settings::shutdown_timeout>,
           .lowest = 1,
           .highest = kLongestTime},
    Option{.name = "connect-timeout",
           .value_name = "N",
           .fallback = "15",
           .group = kTimes,
           .help = "How long a request waits when there is no Python process; then the client gets "
                   "503",
           .store = store_seconds<&Settings::connect_timeout>,
           .lowest = 1,
           .highest = kLongestTime},
    Option{.name = "queue-timeout",
           .value_name = "N",
           .fallback = "45",
           .group = kTimes,
           .help = "How long a request waits for a free thread; then the client gets 504",
           .store = store_seconds<&Settings::queue_timeout>,
           .lowest = 1,
           .highest = kLongestTime},
    Option{.name = "queue-limit",
           .value_name = "N",
           .fallback = "100",
           .group = kTimes,
           .help = "How many requests may wait for a free thread; the next client gets 503",
           .store = store_integer<&Settings::queue_limit>,
           .lowest = 0,
           .highest = 10'000},
    Option{.name = "socket-timeout",
           .value_name = "N",
           .fallback = "60",
           .group = kTimes,
           .help = "Longest silence of a client or of the application within a request",
           .store = store_seconds<&Settings::socket_timeout>,
           .lowest = 1,
           .highest = kLongestTime},
};

}  // namespace warp
