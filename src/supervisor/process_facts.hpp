// What /proc tells of a process. Nothing for one that has ended or that may not be looked at.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>

namespace warp::supervisor {

[[nodiscard]] std::optional<std::uint64_t> resident_bytes(pid_t pid);
[[nodiscard]] std::optional<std::uint64_t> proportional_bytes(pid_t pid);
[[nodiscard]] std::optional<std::chrono::milliseconds> uptime_of(pid_t pid);
// User and system.
[[nodiscard]] std::optional<std::chrono::milliseconds> cpu_time_of(pid_t pid);
// A signal has stopped it (SIGSTOP and the like), and none has let it go on. One that a debugger
// holds is not stopped.
[[nodiscard]] bool is_stopped(pid_t pid);
// It has a handler for the signal or waits for it; else the signal would do what it does by
// default.
[[nodiscard]] bool takes_signal(pid_t pid, int signal);

}  // namespace warp::supervisor
