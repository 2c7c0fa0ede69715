#include "launcher/run/process_tree.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <sstream>
#include <string>

#include "launcher/host/files.hpp"
#include "launcher/host/subprocess.hpp"

namespace warp {
namespace {

std::vector<pid_t> children() {
  const std::string self = std::to_string(::getpid());
  std::istringstream text(
      read_text("/proc/" + self + "/task/" + self + "/children").value_or(std::string()));
  std::vector<pid_t> pids;
  for (pid_t pid = 0; text >> pid;) pids.push_back(pid);
  return pids;
}

void reap() {
  while (::waitpid(-1, nullptr, WNOHANG) > 0) continue;
}

}  // namespace

void adopt_orphans() noexcept { ::prctl(PR_SET_CHILD_SUBREAPER, 1); }

bool handles_signal(pid_t pid, int signal) {
  constexpr std::string_view kField = "SigCgt:";
  const auto status = read_text("/proc/" + std::to_string(pid) + "/status");
  const auto place = status ? status->find(kField) : std::string::npos;
  if (place == std::string::npos) return true;
  const auto caught = std::strtoull(status->c_str() + place + kField.size(), nullptr, 16);
  return ((caught >> static_cast<unsigned>(signal - 1)) & 1U) != 0;
}

void wait_for_all_children(Deadline deadline) {
  reap();
  for (std::vector<pid_t> left = children(); !left.empty() && !deadline.has_passed();
       left = children()) {
    if (!ends_before(left.front(), deadline)) break;
    reap();
  }
  // What is killed leaves its own children to us.
  for (std::vector<pid_t> left = children(); !left.empty(); left = children()) {
    for (const pid_t pid : left) ::kill(pid, SIGKILL);
    for (const pid_t pid : left) ::waitpid(pid, nullptr, 0);
  }
}

}  // namespace warp
