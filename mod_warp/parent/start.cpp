#include "mod_warp/parent/start.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "base/signals.hpp"
#include "mod_warp/boundary.hpp"
#include "mod_warp/log.hpp"
#include "mod_warp/parent/retired.hpp"
#include "mod_warp/parent/stop.hpp"
#include "mod_warp/parent/supervisor_process.hpp"
#include "wire/heritage.hpp"

namespace warp {
namespace {

bool is_httpd_stopping() {
  int state = 0;
  return ap_state_query(AP_SQ_MAIN_STATE) == AP_SQ_MS_EXITING ||
         (ap_mpm_query(AP_MPMQ_MPM_STATE, &state) == APR_SUCCESS && state == AP_MPMQ_STOPPING);
}

std::string describe_end(int status) {
  if (WIFEXITED(status)) return "exit status " + std::to_string(WEXITSTATUS(status));
  if (WIFSIGNALED(status)) return signal_name(WTERMSIG(status));
  return "unknown reason";
}

}  // namespace

Parent::Parent(const Installation& installation, apr_pool_t* pool, server_rec* server)
    : installation_(installation), pool_(pool), server_(server), pid_(::getpid()) {}

Result<> Parent::start(Installation& installation, apr_pool_t* pool, server_rec* server) {
  installation.parent = std::make_unique<Parent>(installation, pool, server);
  const auto leave = [](void* parent) -> apr_status_t {
    static_cast<Parent*>(parent)->leave();
    return APR_SUCCESS;
  };
  apr_pool_cleanup_register(pool, installation.parent.get(), leave, apr_pool_cleanup_null);
  watch_retired(pool);
  for (const auto& group : installation.groups) WARP_CHECK(installation.parent->add(*group));
  return {};
}

Result<> Parent::add(const ProcessGroup& group) {
  WARP_TRY(Heritage heritage, make_heritage(group.settings, group.queue.queue_limit));
  groups_.push_back(std::make_unique<SupervisedGroup>(
      SupervisedGroup{.group = group, .heritage = std::move(heritage), .parent = *this}));
  return spawn(*groups_.back(), std::chrono::seconds::zero());
}

Result<> Parent::spawn(SupervisedGroup& group, std::chrono::seconds delay) {
  WARP_TRY(group.process.pid,
           spawn_supervisor({.program = installation_.supervisor_program,
                             .group = group.group.settings.name,
                             .run_as = group.group.run_as,
                             .descriptors = group.heritage.for_supervisor(),
                             .umask = static_cast<mode_t>(group.group.settings.umask),
                             .delay = delay}));
  group.started_at = std::chrono::steady_clock::now() + delay;
  apr_proc_other_child_register(&group.process, on_change, &group, nullptr, pool_);
  return {};
}

// httpd calls this from its maintenance loop, for the death of a supervisor and for its own doings.
void Parent::on_change(int reason, void* data, int status) {
  if (reason != APR_OC_REASON_DEATH && reason != APR_OC_REASON_LOST) return;
  auto& group = *static_cast<SupervisedGroup*>(data);
  notify_at_boundary(group.parent.server_, [&] { group.parent.supervisor_ended(group, status); });
}

void Parent::supervisor_ended(SupervisedGroup& group, int status) {
  // APR has let go of the process in its record, and would stumble over that.
  apr_proc_other_child_unregister(&group);
  const pid_t ended = std::exchange(group.process.pid, 0);
  if (is_httpd_stopping()) return;
  const std::string event = "supervisor ended group=" + group.group.settings.name +
                            " pid=" + std::to_string(ended) + " (" + describe_end(status) + ")";
  if (WIFEXITED(status) && WEXITSTATUS(status) == wire::kExitBadHeritage) {
    group.is_hopeless = true;
    for (std::uint32_t slot = 0; slot < group.group.settings.processes; ++slot)
      group.heritage.board.set_state(slot, scoreboard::SlotState::kBackoff);
    return log_to(server_, APLOG_CRIT, event + ": starting it again can't help, so it is not");
  }
  const auto delay =
      group.backoff.after_life_of(std::chrono::steady_clock::now() - group.started_at);
  if (const auto started = spawn(group, delay); !started)
    return log_to(server_, APLOG_CRIT, event + ": " + describe(started.error()));
  log_to(server_, APLOG_WARNING,
         event + ", started again with pid=" + std::to_string(group.process.pid) +
             (delay.count() > 0 ? " in " + std::to_string(delay.count()) + " s" : ""));
}

void Parent::child_ended(pid_t child) const {
  for (const auto& group : groups_) group->heritage.ledger.child_ended(child);
}

void Parent::tend() {
  for (const auto& group : groups_) {
    if (group->process.pid != 0 || group->is_hopeless || is_httpd_stopping()) continue;
    if (const auto started = spawn(*group, std::chrono::seconds::zero()); !started)
      log_to(server_, APLOG_CRIT, describe(started.error()));
  }
}

void Parent::keep_only_what_children_use() {
  for (const auto& group : groups_) group->heritage.keep_only_what_children_use();
}

void Parent::leave() {
  if (::getpid() != pid_) return;
  const bool is_exiting = ap_state_query(AP_SQ_MAIN_STATE) == AP_SQ_MS_EXITING;
  std::vector<pid_t> processes = is_exiting ? retired_supervisors() : std::vector<pid_t>();
  std::chrono::milliseconds longest{1000};
  for (const auto& group : groups_) {
    if (group->process.pid == 0) continue;
    const wire::GroupConfig& settings = group->group.settings;
    longest = std::max(
        longest, settings.graceful_timeout + settings.shutdown_timeout + std::chrono::seconds(1));
    if (is_exiting)
      processes.push_back(group->process.pid);
    else
      retire(group->process.pid);
  }
  for (const pid_t killed : end_processes(std::move(processes), Deadline::in(longest)))
    log_to(server_, APLOG_WARNING,
           "supervisor killed: it did not end in time, pid=" + std::to_string(killed));
}

}  // namespace warp
