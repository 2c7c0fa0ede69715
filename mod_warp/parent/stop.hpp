// The end of supervisors, as httpd's parent sees it and as it brings it about.
#pragma once

#include <sys/types.h>

#include <vector>

#include "base/deadline.hpp"

namespace warp {

// Reaps it if so. Also true for one that somebody else has reaped.
[[nodiscard]] bool has_ended(pid_t process);

// SIGTERM to all at once, then waits for them; those that are there at the deadline are killed.
// They are children of this process. Gives those that had to be killed.
std::vector<pid_t> end_processes(std::vector<pid_t> processes, Deadline deadline);

}  // namespace warp
