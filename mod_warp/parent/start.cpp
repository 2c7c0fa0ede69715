#include "mod_warp/parent/start.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "base/signals.hpp"
#include "mod_warp/boundary.hpp"
#include "mod_warp/log.hpp"
#include "mod_warp/parent/identity.hpp"
#include "mod_warp/parent/kept_figures.hpp"
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

Parent::Parent(const Installation& installation, ParentPools pools, server_rec* server)
    : installation_(installation), pools_(pools), server_(server), pid_(::getpid()) {}

Result<> Parent::start(Installation& installation, ParentPools pools, server_rec* server) {
  installation.parent = std::make_unique<Parent>(installation, pools, server);
  Parent& parent = *installation.parent;
  const auto leave = [](void* data) -> apr_status_t {
    auto& leaving = *static_cast<Parent*>(data);
    notify_at_boundary(leaving.server_, [&] { leaving.leave(); });
    return APR_SUCCESS;
  };
  apr_pool_cleanup_register(pools.configuration, &parent, leave, apr_pool_cleanup_null);
  // What nobody goes on with is closed here, and its processes end with httpd's old children.
  std::vector<KeptGroup> kept = std::exchange(installation.kept, {});
  for (const auto& group : installation.groups) WARP_CHECK(parent.add(*group, kept));
  forget_other_figures(parent.group_names());
  watch_retired(pools.configuration);
  return {};
}

Result<> Parent::add(const ProcessGroup& group, std::vector<KeptGroup>& kept) {
  std::string identity =
      identity_of({.settings = group.settings,
                   .run_as = group.run_as,
                   .programs = {installation_.module_file, installation_.supervisor_program,
                                group.settings.worker_program},
                   // Processes can't be given another log while they run.
                   .log = STDERR_FILENO,
                   .queue_limit = group.queue.queue_limit});
  const auto same = std::find_if(kept.begin(), kept.end(),
                                 [&](const KeptGroup& each) { return each.identity == identity; });
  if (same != kept.end()) {
    const auto continued = go_on(group, std::move(*same));
    kept.erase(same);
    if (continued) return {};
    log_to(
        server_, APLOG_ERR,
        "group is started anew group=" + group.settings.name + ": " + describe(continued.error()));
  }
  return begin(group, std::move(identity));
}

std::vector<std::string> Parent::group_names() const {
  std::vector<std::string> names;
  for (const auto& group : groups_) names.push_back(group->group.settings.name);
  return names;
}

// A group does without when that does not work, as on a file system that can't be written to.
ControlSocket Parent::control_socket_of(const std::string& group) const {
  const char* const path =
      ap_runtime_dir_relative(pools_.configuration, ("warp-" + group + ".sock").c_str());
  auto made = path != nullptr
                  ? ControlSocket::listen(path)
                  : fail(Errc::kInvalidDirective, "DefaultRuntimeDir makes no path with its name");
  if (made) return *std::move(made);
  log_to(server_, APLOG_WARNING,
         "process group " + group + " has no control socket, so `warpdrive-express status` and " +
             "the like can't ask it: " + describe(made.error()) + "; see DefaultRuntimeDir");
  return ControlSocket::none();
}

Result<> Parent::begin(const ProcessGroup& group, std::string identity) {
  WARP_TRY(Heritage heritage, make_heritage(group.settings, group.queue.queue_limit,
                                            control_socket_of(group.settings.name)));
  WARP_TRY(GroupFiguresMemory figures, figures_for(group.settings.name));
  groups_.push_back(
      std::make_unique<SupervisedGroup>(SupervisedGroup{.group = group,
                                                        .identity = std::move(identity),
                                                        .heritage = std::move(heritage),
                                                        .figures = std::move(figures),
                                                        .parent = *this}));
  return spawn(*groups_.back(), std::chrono::seconds::zero());
}

Result<> Parent::go_on(const ProcessGroup& group, KeptGroup kept) {
  WARP_TRY(Heritage heritage, adopt_heritage(std::move(kept.descriptors), std::move(kept.control),
                                             group.settings, group.queue.queue_limit));
  WARP_TRY(GroupFiguresMemory figures, figures_for(group.settings.name));
  groups_.push_back(
      std::make_unique<SupervisedGroup>(SupervisedGroup{.group = group,
                                                        .identity = std::move(kept.identity),
                                                        .heritage = std::move(heritage),
                                                        .figures = std::move(figures),
                                                        .parent = *this,
                                                        .backoff = kept.backoff,
                                                        .started_at = kept.started_at}));
  SupervisedGroup& continued = *groups_.back();
  recall(kept.supervisor);
  if (kept.supervisor == 0 || has_ended(kept.supervisor)) {
    continued.heritage.ledger.condition().supervisor_ended(std::chrono::steady_clock::now());
    start_again(continued, "supervisor ended during httpd's restart group=" + group.settings.name);
    return {};
  }
  continued.process.pid = kept.supervisor;
  continued.heritage.ledger.condition().supervisor_starts(continued.started_at);
  watch(continued);
  announce_restart(kept.supervisor);
  log_to(server_, APLOG_INFO,
         "group goes on with its processes group=" + group.settings.name +
             " supervisor=" + std::to_string(kept.supervisor));
  return {};
}

Result<> Parent::spawn(SupervisedGroup& group, std::chrono::seconds delay) {
  WARP_TRY(group.process.pid,
           spawn_supervisor(
               {.program = installation_.supervisor_program,
                .group = group.group.settings.name,
                .run_as = group.group.run_as,
                .descriptors = group.heritage.for_supervisor(group.figures.for_supervisor()),
                .umask = static_cast<mode_t>(group.group.settings.umask),
                .priority = group.group.settings.cpu_priority,
                .delay = delay}));
  group.started_at = std::chrono::steady_clock::now() + delay;
  group.heritage.ledger.condition().supervisor_starts(group.started_at);
  watch(group);
  return {};
}

void Parent::watch(SupervisedGroup& group) {
  apr_proc_other_child_register(&group.process, on_change, &group, nullptr, pools_.configuration);
}

// httpd calls this from its maintenance loop, for the death of a supervisor and for its own doings.
void Parent::on_change(int reason, void* data, int status) {
  auto& group = *static_cast<SupervisedGroup*>(data);
  if (reason == APR_OC_REASON_RESTART) group.parent.is_full_restart_ = true;
  if (reason != APR_OC_REASON_DEATH && reason != APR_OC_REASON_LOST) return;
  notify_at_boundary(group.parent.server_, [&] { group.parent.supervisor_ended(group, status); });
}

void Parent::supervisor_ended(SupervisedGroup& group, int status) {
  // APR has let go of the process in its record, and would stumble over that.
  apr_proc_other_child_unregister(&group);
  const pid_t ended = std::exchange(group.process.pid, 0);
  if (is_httpd_stopping()) return;
  group.heritage.ledger.condition().supervisor_ended(std::chrono::steady_clock::now());
  const std::string event = "supervisor ended group=" + group.group.settings.name +
                            " pid=" + std::to_string(ended) + " (" + describe_end(status) + ")";
  if (WIFEXITED(status) && WEXITSTATUS(status) == wire::kExitBadHeritage) {
    group.is_hopeless = true;
    for (std::uint32_t slot = 0; slot < group.heritage.board.dimensions().slots; ++slot)
      group.heritage.board.set_state(slot, scoreboard::SlotState::kBackoff);
    return log_to(server_, APLOG_CRIT, event + ": starting it again can't help, so it is not");
  }
  start_again(group, event);
}

void Parent::start_again(SupervisedGroup& group, const std::string& event) {
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
  for (const auto& group : groups_) {
    group->heritage.keep_only_what_children_use();
    group->figures.close_memory();
  }
  close_kept_figures();
}

void Parent::leave() {
  if (::getpid() != pid_) return;
  const bool is_exiting = ap_state_query(AP_SQ_MAIN_STATE) == AP_SQ_MS_EXITING;
  return is_exiting ? end_all() : hand_over();
}

void Parent::end_all() const {
  std::vector<pid_t> processes = retired_supervisors();
  std::chrono::milliseconds longest{1000};
  for (const auto& group : groups_) {
    if (group->process.pid == 0) continue;
    const wire::GroupConfig& settings = group->group.settings;
    longest = std::max(
        longest, settings.graceful_timeout + settings.shutdown_timeout + std::chrono::seconds(1));
    processes.push_back(group->process.pid);
  }
  for (const pid_t killed : end_processes(std::move(processes), Deadline::in(longest)))
    log_to(server_, APLOG_WARNING,
           "supervisor killed: it did not end in time, pid=" + std::to_string(killed));
}

void Parent::hand_over() const {
  for (const auto& group : groups_) {
    // Until the next configuration says otherwise.
    if (group->process.pid != 0) retire(group->process.pid);
    if (is_full_restart_ || group->is_hopeless) continue;
    keep({.identity = group->identity,
          .supervisor = group->process.pid,
          .backoff = group->backoff,
          .started_at = group->started_at,
          .control = std::move(group->heritage.control),
          .descriptors = group->heritage.release()},
         pools_.log);
  }
}

}  // namespace warp
