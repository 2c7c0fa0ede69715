// The processes below the launcher.
#pragma once

#include <sys/types.h>

#include <vector>

#include "base/deadline.hpp"

namespace warp {

// Orphans below us become our children, so that at the end we can wait for them.
void adopt_orphans() noexcept;

// True when the process has a handler for the signal. httpd has none for SIGWINCH and SIGUSR1 until
// it is up: the first would be lost, the second would kill it.
[[nodiscard]] bool handles_signal(pid_t pid, int signal);

// Waits until no child is left. Those that are left at the deadline get SIGKILL.
void wait_for_all_children(Deadline deadline);

}  // namespace warp
