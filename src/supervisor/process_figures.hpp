// What the kernel counts for a process.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>

#include "base/result.hpp"

namespace warp::supervisor {

struct ProcessFigures {
  std::uint64_t resident_bytes = 0;
  std::chrono::milliseconds cpu_time{0};  // user and system
};

// From /proc (proc(5)). kNotFound when there is no such process any more.
[[nodiscard]] Result<ProcessFigures> figures_of_process(pid_t pid);

}  // namespace warp::supervisor
