// How long something may take.
#pragma once

#include <array>

#include "mod_warp/core/options/set_option.hpp"

namespace warp::core {

inline constexpr std::array kTimeOptions = {
    GroupOption{"startup-timeout", "seconds", "60",
                "A worker that is not ready by then is stopped and started again",
                set_seconds<&wire::GroupConfig::startup_timeout>},
    GroupOption{"request-timeout", "seconds", "300",
                "A client gets 504 when the application, once called, is silent for so long",
                set_seconds<&wire::GroupConfig::request_timeout>},
    GroupOption{"interrupt-timeout", "seconds, or 0", "0",
                "When a request exceeds request-timeout, warp.RequestTimeout is raised in its "
                "thread; only if the request has not ended after this time is the worker "
                "replaced. 0: the worker is replaced at once",
                set_seconds<&wire::GroupConfig::interrupt_timeout, 0>},
    GroupOption{"deadlock-timeout", "seconds, or 0", "300",
                "A worker whose Python interpreter can run no thread for so long (one holds the "
                "GIL) is ended. 0: never",
                set_seconds<&wire::GroupConfig::deadlock_timeout, 0>},
    GroupOption{"slow-request", "seconds, or 0", "0 (never)",
                "A request that takes longer is logged once, with what its thread executes at that "
                "moment; see docs/python.md",
                set_slow_request},
    GroupOption{"graceful-timeout", "seconds", "15",
                "Time that a stopping worker has for finishing its requests",
                set_seconds<&wire::GroupConfig::graceful_timeout>},
    GroupOption{"eviction-timeout", "seconds, or 0", "0 (graceful-timeout)",
                "The same for a worker that is replaced, at a reload or at one of its limits, "
                "while another one takes the new requests",
                set_seconds<&GroupOptions::eviction_timeout, 0>},
    GroupOption{"shutdown-timeout", "seconds", "5", "Time after that until the worker is killed",
                set_seconds<&wire::GroupConfig::shutdown_timeout>},
    GroupOption{"socket-timeout", "seconds", "60",
                "Longest silence within one transfer between httpd and a worker",
                set_seconds<&wire::GroupConfig::socket_timeout>},
};

}  // namespace warp::core
