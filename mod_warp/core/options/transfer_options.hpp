// What passes between httpd and a worker, and how much of it.
#pragma once

#include <array>

#include "mod_warp/core/options/set_option.hpp"

namespace warp::core {

inline constexpr std::array kTransferOptions = {
    GroupOption{"sendfile-path", "directories, separated by :", "none",
                "Where the files may be that the application names in X-Sendfile, for httpd to "
                "send; without it that header field is one like any other",
                set_sendfile_path},
    GroupOption{"request-head-size", "8192 to 1048576 bytes", "1048576",
                "A client gets 431 when the variables of its request exceed it",
                set_number<&Limits::request_head, 8192, wire::kMaxRequestHead>},
    GroupOption{"response-head-size", "4096 to 262144 bytes", "262144",
                "A client gets 502 when the header fields of a response exceed it",
                set_number<&Limits::response_head, 4096, wire::kMaxResponseHead>},
    GroupOption{"preload-size", "0 to 131064 bytes", "65536",
                "As much of a request's body goes to the worker at once with its head, if it has "
                "arrived; the rest when the application reads",
                set_number<&Limits::preload, 0, wire::kMaxBodyPayload>},
    GroupOption{
        "response-window", "4096 to 16777216 bytes", "524288",
        "As much of a response can wait for a slow client while the worker goes on; the "
        "kernel's net.core.wmem_max bounds it. From 131072 on, 1 MiB in large pieces besides",
        set_number<&Limits::response_window, 4096, 16'777'216>},
};

}  // namespace warp::core
