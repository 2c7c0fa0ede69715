// The program that is kept, as a process group of its own, so that nothing that it starts is left.
#pragma once

#include <sys/types.h>

#include <optional>
#include <span>

#include "base/result.hpp"

namespace warp::service {

// `words`: the program's path and its arguments, ended by a null pointer as execv wants them. The
// kernel kills the program when we end without having ended it.
[[nodiscard]] Result<pid_t> start_program(std::span<char* const> words);

// To all in its group; it need not be there any more.
void signal_program(pid_t program, int signal);

// The wait status of the program once it has ended, and all that it has started with it.
[[nodiscard]] std::optional<int> reap(pid_t program);

}  // namespace warp::service
