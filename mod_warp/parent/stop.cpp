#include "mod_warp/parent/stop.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <thread>

namespace warp {

bool has_ended(pid_t process) { return ::waitpid(process, nullptr, WNOHANG) != 0; }

std::vector<pid_t> end_processes(std::vector<pid_t> processes, Deadline deadline) {
  constexpr std::chrono::milliseconds kLongestPause{50};
  // A pid that is not a child's any more may be anybody's.
  std::erase_if(processes, has_ended);
  for (const pid_t process : processes) ::kill(process, SIGTERM);
  std::chrono::milliseconds pause{1};
  while (true) {
    std::erase_if(processes, has_ended);
    if (processes.empty() || deadline.has_passed()) break;
    std::this_thread::sleep_for(pause);
    pause = std::min(2 * pause, kLongestPause);
  }
  for (const pid_t process : processes) ::kill(process, SIGKILL);
  for (const pid_t process : processes) ::waitpid(process, nullptr, 0);
  return processes;
}

}  // namespace warp
