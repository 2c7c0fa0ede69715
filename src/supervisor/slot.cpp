#include "supervisor/slot.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <utility>

#include "base/log.hpp"
#include "scoreboard/activity.hpp"
#include "supervisor/post_mortem.hpp"

namespace warp::supervisor {
namespace {

using scoreboard::SlotState;

bool exited_with(int wait_status, int exit_status) {
  return WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == exit_status;
}

}  // namespace

Slot::Slot(SlotSettings settings, WorkerHost& host, const scoreboard::Scoreboard& board)
    : settings_(std::move(settings)), host_(host), board_(board) {}

void Slot::start() {
  scoreboard::clear_activity(board_, settings_.index);
  scoreboard::SlotRecord& record = board_.slot(settings_.index);
  record.incarnation.fetch_add(1);
  served_before_ = record.requests_served.load();
  started_at_ = host_.now();
  ready_at_.reset();
  const auto started = host_.start_worker(settings_.index);
  if (!started) {
    log_error("worker can't be started", {{"group", settings_.group},
                                          {"slot", settings_.index},
                                          {"reason", describe(started.error())}});
    return wait_to_start(backoff_.after_crash(std::nullopt));
  }
  pid_ = *started;
  const bool is_limited = settings_.startup_timeout.count() > 0;
  enter(Phase::kStarting,
        is_limited ? std::optional(started_at_ + settings_.startup_timeout) : std::nullopt);
  log_info("worker started",
           {{"group", settings_.group}, {"slot", settings_.index}, {"pid", pid_}});
}

void Slot::replace() {
  if (phase_ == Phase::kGone || phase_ == Phase::kStopping) return;
  if (has_worker()) return tell_to_stop(Purpose::kReplace);
  start();
}

void Slot::stop() {
  if (phase_ == Phase::kStopping)
    purpose_ = Purpose::kEnd;
  else if (has_worker())
    tell_to_stop(Purpose::kEnd);
  else
    enter(Phase::kGone);
}

void Slot::tell_to_stop(Purpose purpose) {
  purpose_ = purpose;
  // The state first, so that no child chooses a worker that is about to leave.
  enter(Phase::kStopping, host_.now() + settings_.stop_timeout);
  host_.send_signal(pid_, SIGTERM);
}

void Slot::hasten(std::chrono::milliseconds left) {
  if (phase_ == Phase::kStopping && deadline_) deadline_ = std::min(*deadline_, host_.now() + left);
}

void Slot::on_status(wire::WorkerStatus status) {
  if (phase_ != Phase::kStarting) return;
  const auto seconds =
      std::chrono::duration_cast<std::chrono::duration<double>>(host_.now() - started_at_).count();
  if (status == wire::WorkerStatus::kReady) {
    ready_at_ = host_.now();
    backoff_.loaded();
    enter(Phase::kReady);
    log_info("worker ready", {{"group", settings_.group},
                              {"slot", settings_.index},
                              {"pid", pid_},
                              {"seconds", seconds}});
    return;
  }
  const std::chrono::seconds delay = backoff_.after_failed_load();
  enter(Phase::kFailed, host_.now() + delay);
  log_warn("worker without application", {{"group", settings_.group},
                                          {"slot", settings_.index},
                                          {"pid", pid_},
                                          {"seconds_to_next_try", delay.count()}});
}

void Slot::on_exit(int wait_status) {
  if (phase_ == Phase::kStopping) {
    log_exit(LogLevel::kInfo, wait_status);
    pid_ = 0;
    return purpose_ == Purpose::kEnd ? enter(Phase::kGone) : start();
  }
  const bool is_retired =
      host_.is_connector_closed(settings_.index) && exited_with(wait_status, wire::kExitStopped);
  const bool is_reload =
      is_leaving_by_itself() && exited_with(wait_status, wire::kExitFilesChanged);
  log_exit(is_retired || is_reload ? LogLevel::kInfo : LogLevel::kWarn, wait_status);
  pid_ = 0;
  if (host_.is_connector_closed(settings_.index)) return enter(Phase::kGone);
  if (is_reload) return start();
  after_unplanned_exit(wait_status);
}

// A failed application's files were mended, or a good one's script is another; such a worker drains
// first, which an application that exits with the same status does not.
bool Slot::is_leaving_by_itself() const {
  return phase_ == Phase::kFailed || board_.slot(settings_.index).state == SlotState::kDraining;
}

void Slot::after_unplanned_exit(int wait_status) {
  if (exited_with(wait_status, wire::kExitBadHeritage))
    // Its reason is in the log already, and the next one would have the same.
    return wait_to_start(Backoff::kLongest);
  const std::chrono::seconds delay = backoff_.after_crash(ready_for());
  return delay.count() == 0 ? start() : wait_to_start(delay);
}

void Slot::wait_to_start(std::chrono::seconds delay) {
  // The state first: later requests do not even come here.
  enter(Phase::kBackoff, host_.now() + delay);
  host_.turn_offers_away(settings_.index);
  log_warn("worker waits for its next start",
           {{"group", settings_.group}, {"slot", settings_.index}, {"seconds", delay.count()}});
}

void Slot::on_deadline() {
  deadline_.reset();
  switch (phase_) {
    case Phase::kStarting:
      return kill_worker(
          "worker killed: the application was not imported within startup-timeout; see what it "
          "does at import, or raise the limit");
    case Phase::kStopping:
      return kill_worker("worker killed: it did not stop in time");
    case Phase::kFailed:
      return tell_to_stop(Purpose::kReplace);
    case Phase::kBackoff:
      give_up_if_unreachable();
      if (phase_ == Phase::kBackoff) start();
      return;
    default:
      return;
  }
}

void Slot::kill_worker(std::string_view event) {
  log_error(event, {{"group", settings_.group}, {"slot", settings_.index}, {"pid", pid_}});
  host_.send_signal(pid_, SIGKILL);
}

void Slot::give_up_if_unreachable() {
  if (phase_ == Phase::kBackoff && host_.is_connector_closed(settings_.index)) enter(Phase::kGone);
}

void Slot::enter(Phase phase, std::optional<Clock::time_point> deadline) {
  phase_ = phase;
  deadline_ = deadline;
  publish();
}

void Slot::publish() const {
  const SlotState state = [this] {
    switch (phase_) {
      case Phase::kStarting:
        return SlotState::kStarting;
      case Phase::kReady:
        return SlotState::kReady;
      case Phase::kFailed:
        return SlotState::kFailed;
      case Phase::kBackoff:
        return SlotState::kBackoff;
      case Phase::kStopping:
        return SlotState::kDraining;
      case Phase::kEmpty:
      case Phase::kGone:
        break;
    }
    return SlotState::kEmpty;
  }();
  scoreboard::SlotRecord& record = board_.slot(settings_.index);
  record.pid.store(pid_);
  // A worker that has reported may have begun to leave by itself before its report was read.
  SlotState before = SlotState::kStarting;
  if ((phase_ == Phase::kReady || phase_ == Phase::kFailed) &&
      !record.state.compare_exchange_strong(before, state) && before == SlotState::kDraining)
    return;
  board_.set_state(settings_.index, state);
}

std::optional<std::chrono::nanoseconds> Slot::ready_for() const {
  if (!ready_at_) return std::nullopt;
  return host_.now() - *ready_at_;
}

void Slot::log_exit(LogLevel level, int wait_status) const {
  const std::uint64_t served = board_.slot(settings_.index).requests_served.load();
  log_death(level,
            {.group = settings_.group,
             .slot = settings_.index,
             .pid = pid_,
             .wait_status = wait_status,
             .uptime = host_.now() - started_at_,
             .requests = served - std::min(served, served_before_)},
            board_);
}

}  // namespace warp::supervisor
