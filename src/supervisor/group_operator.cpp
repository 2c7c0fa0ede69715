#include "supervisor/group_operator.hpp"

#include <unistd.h>

#include <array>
#include <csignal>
#include <utility>

#include "base/log.hpp"
#include "supervisor/process_facts.hpp"

namespace warp::supervisor {
namespace {

// The file behind standard error, which is httpd's error log; empty when it is none.
std::string error_log() {
  std::array<char, 4096> path{};
  const ssize_t size = ::readlink("/proc/self/fd/2", path.data(), path.size());
  // A pipe reads "pipe:[123]".
  if (size <= 0 || path.front() != '/') return {};
  return {path.data(), static_cast<std::size_t>(size)};
}

}  // namespace

GroupOperator::GroupOperator(const wire::GroupConfig& config, const scoreboard::Scoreboard& board,
                             Group& group, WorkerHost& host, std::function<void()> after_change)
    : config_(config),
      board_(board),
      group_(group),
      host_(host),
      after_change_(std::move(after_change)) {}

GroupStatus GroupOperator::status() const {
  return {.name = config_.name,
          .supervisor = ::getpid(),
          .error_log = error_log(),
          .threads = config_.threads,
          .facts = group_.facts(),
          .workers = view_workers(board_, group_.workers())};
}

bool GroupOperator::reload() {
  if (group_.facts().is_stopping) return false;
  log_info("group reloads", {{"group", config_.name}, {"reason", "asked by the control socket"}});
  group_.reload(RestartReason::kReload);
  after_change_();
  return true;
}

std::vector<pid_t> GroupOperator::ask_for_stacks() {
  std::vector<pid_t> asked;
  for (const pid_t worker : group_.workers()) {
    if (!takes_signal(worker, SIGUSR2)) continue;
    host_.send_signal(worker, SIGUSR2);
    asked.push_back(worker);
  }
  return asked;
}

}  // namespace warp::supervisor
