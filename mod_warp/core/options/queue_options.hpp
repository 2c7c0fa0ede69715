// Requests that no worker has taken yet, or whose worker has died.
#pragma once

#include <array>

#include "mod_warp/core/options/set_option.hpp"

namespace warp::core {

inline constexpr std::array kQueueOptions = {
    GroupOption{"connect-timeout", "seconds", "15",
                "A client gets 503 when there is no worker for so long",
                set_seconds<&QueueRules::connect_timeout>},
    GroupOption{"queue-timeout", "seconds", "45",
                "A client gets 504 when its request has waited so long for a free thread",
                set_seconds<&QueueRules::queue_timeout>},
    GroupOption{"queue-limit", "0 to 10000", "100",
                "So many requests, of all clients, may wait for a free thread; the next one is "
                "answered 503",
                set_number<&QueueRules::queue_limit, 0, 10'000>},
    GroupOption{"saturation-timeout", "seconds, or 0", "0 (never)",
                "The page readyz says no after no thread has been free for so long; see "
                "docs/management.md",
                set_seconds<&QueueRules::saturation_timeout, 0>},
    GroupOption{"retry-non-idempotent", "on or off", "off",
                "A request whose worker has died goes to another worker, once, even if its method "
                "is not safe (POST, PUT, ...) and the application had been called with it",
                set_switch<&QueueRules::retry_non_idempotent>},
};

}  // namespace warp::core
