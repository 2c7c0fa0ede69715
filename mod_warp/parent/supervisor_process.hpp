// Starts one warp-supervisor: fork, switch of user, exec.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "mod_warp/config/run_as.hpp"

namespace warp {

// Everything that the new process needs, made before the fork; it may change its own.
struct SupervisorCommand {
  std::string program;
  std::string group;
  const RunAs& run_as;
  std::vector<int> descriptors;  // become 3, 4, 5 ...
  mode_t umask = 0022;
  // Below zero: given before the user is switched, as only root can; the workers inherit it.
  int priority = 0;
  // Spent in the new process, before exec: httpd's parent must not wait.
  std::chrono::seconds delay{0};
};

// Gives the pid. Without a delay a failed exec is an error here; with one it is a line on standard
// error and the process ends.
[[nodiscard]] Result<pid_t> spawn_supervisor(SupervisorCommand command);

// httpd was restarted gracefully, and the group goes on. The supervisor reloads the application if
// a file of it has changed.
void announce_restart(pid_t supervisor);

}  // namespace warp
