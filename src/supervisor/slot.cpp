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

using figures::WorkerDeath;
using scoreboard::SlotState;

bool exited_with(int wait_status, int exit_status) {
  return WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == exit_status;
}

}  // namespace

Slot::Slot(SlotSettings settings, WorkerHost& host, const scoreboard::Scoreboard& board)
    : settings_(std::move(settings)),
      host_(host),
      board_(board),
      lock_waits_(board, settings_.index) {}

void Slot::await(Duty duty, std::uint32_t generation) {
  duty_ = duty;
  generation_ = generation;
  enter(Phase::kAwaiting);
}

void Slot::start(Duty duty, std::uint32_t generation) {
  duty_ = duty;
  generation_ = generation;
  backoff_ = {};
  begin();
}

void Slot::begin() {
  scoreboard::clear_activity(board_, settings_.index);
  scoreboard::SlotRecord& record = board_.slot(settings_.index);
  record.incarnation.fetch_add(1);
  record.generation.store(generation_);
  forget_memory();
  served_before_ = record.requests_served.load();
  started_at_ = host_.now();
  lock_waits_.begin(started_at_);
  ready_at_.reset();
  killed_because_.clear();
  killed_for_.reset();
  const auto started = host_.start_worker(settings_.index, generation_);
  if (!started) {
    log_error("worker can't be started", {{"group", settings_.group},
                                          {"slot", settings_.index},
                                          {"reason", describe(started.error())}});
    if (duty_ == Duty::kCandidate) return become_empty();
    return wait_to_start(backoff_.after_crash(std::nullopt));
  }
  pid_ = *started;
  const bool is_limited = settings_.startup_timeout.count() > 0;
  enter(Phase::kStarting,
        is_limited ? std::optional(started_at_ + settings_.startup_timeout) : std::nullopt);
  log_info("worker started", {{"group", settings_.group},
                              {"slot", settings_.index},
                              {"pid", pid_},
                              {"generation", generation_}});
}

void Slot::promote() {
  duty_ = Duty::kServing;
  if (phase_ == Phase::kFailed)
    deadline_ = host_.now() + backoff_.after_failed_load();  // what is wrong may lie elsewhere
  publish();
}

void Slot::retire() {
  duty_ = Duty::kSpare;
  if (phase_ == Phase::kStopping) return;
  if (has_worker()) return tell_to_stop(SIGUSR1, settings_.replace_timeout);
  become_empty();
}

void Slot::stop() {
  duty_ = Duty::kSpare;
  // One that was replaced may have had more time.
  if (phase_ == Phase::kStopping) return hasten(settings_.stop_timeout);
  if (has_worker()) return tell_to_stop(SIGTERM, settings_.stop_timeout);
  become_empty();
}

void Slot::tell_to_stop(int signal, std::chrono::milliseconds timeout) {
  // The state first, so that no child chooses a worker that is about to leave.
  enter(Phase::kStopping, host_.now() + timeout);
  host_.send_signal(pid_, signal);
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
  if (duty_ == Duty::kCandidate) return enter(Phase::kFailed);
  const std::chrono::seconds delay = backoff_.after_failed_load();
  enter(Phase::kFailed, host_.now() + delay);
  log_warn("worker without application", {{"group", settings_.group},
                                          {"slot", settings_.index},
                                          {"pid", pid_},
                                          {"seconds_to_next_try", delay.count()}});
}

void Slot::on_exit(int wait_status) {
  const bool is_unreachable = host_.is_connector_closed(settings_.index);
  const bool is_mended =
      phase_ == Phase::kFailed && exited_with(wait_status, wire::kExitFilesChanged);
  const bool is_planned = phase_ == Phase::kStopping || is_mended ||
                          (is_unreachable && exited_with(wait_status, wire::kExitStopped));
  const Ending ending = is_planned ? Ending::kPlanned : Ending::kUnplanned;
  const bool was_out_of_memory = !killed_for_ && WIFSIGNALED(wait_status) &&
                                 WTERMSIG(wait_status) == SIGKILL && host_.has_run_out_of_memory();
  tell_exit(ending, wait_status, was_out_of_memory);
  count_death(ending, wait_status, was_out_of_memory);
  count_lock_waits();
  forget_memory();
  pid_ = 0;
  if (is_unreachable || duty_ != Duty::kServing) return become_empty();
  if (is_planned) return begin();
  after_unplanned_exit(wait_status);
}

void Slot::after_unplanned_exit(int wait_status) {
  if (exited_with(wait_status, wire::kExitBadHeritage))
    // Its reason is in the log already, and the next one would have the same.
    return wait_to_start(Backoff::kLongest);
  const std::chrono::seconds delay = backoff_.after_crash(ready_for());
  return delay.count() == 0 ? begin() : wait_to_start(delay);
}

void Slot::become_empty() {
  duty_ = Duty::kSpare;
  enter(Phase::kEmpty);
  // A child may have chosen the slot just before.
  host_.turn_offers_away(settings_.index);
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
          "does at import, or raise the limit",
          WorkerDeath::kStartupTimeout);
    case Phase::kStopping:
      return kill_worker("worker killed: it did not stop in time", WorkerDeath::kStopTimeout);
    case Phase::kFailed:
      return tell_to_stop(SIGTERM, settings_.stop_timeout);
    case Phase::kBackoff:
      give_up_if_unreachable();
      if (phase_ == Phase::kBackoff) begin();
      return;
    default:
      return;
  }
}

void Slot::kill_worker(std::string_view event, WorkerDeath death) {
  log_error(event, {{"group", settings_.group}, {"slot", settings_.index}, {"pid", pid_}});
  killed_because_ = event;
  killed_for_ = death;
  host_.send_signal(pid_, SIGKILL);
}

void Slot::note_memory(std::uint64_t resident_bytes) const {
  board_.slot(settings_.index).resident_bytes.store(resident_bytes, std::memory_order_relaxed);
}

void Slot::note_proportional_memory(std::uint64_t bytes) const {
  board_.slot(settings_.index).proportional_bytes.store(bytes, std::memory_order_relaxed);
}

// Of a worker that has ended: while the next one waits for its time, there is none.
void Slot::forget_memory() const {
  note_memory(0);
  note_proportional_memory(0);
}

void Slot::count_lock_waits() { host_.count(lock_waits_.look(host_.now())); }

// Until it serves, a worker ends by the signal that tells it to stop.
bool Slot::was_told(Ending ending, int wait_status) const {
  return ending == Ending::kPlanned && !killed_for_ && WIFSIGNALED(wait_status) &&
         (WTERMSIG(wait_status) == SIGTERM || WTERMSIG(wait_status) == SIGUSR1);
}

void Slot::count_death(Ending ending, int wait_status, bool was_out_of_memory) {
  if (killed_for_) return host_.count(*killed_for_);
  if (was_out_of_memory) return host_.count(WorkerDeath::kOutOfMemory);
  if (was_told(ending, wait_status)) return;
  if (WIFSIGNALED(wait_status)) return host_.count(WorkerDeath::kSignal);
  if (exited_with(wait_status, wire::kExitDeadlocked)) return host_.count(WorkerDeath::kDeadlock);
  if (ending == Ending::kUnplanned) host_.count(WorkerDeath::kExit);
}

void Slot::give_up_if_unreachable() {
  if (phase_ == Phase::kBackoff && host_.is_connector_closed(settings_.index)) become_empty();
}

void Slot::enter(Phase phase, std::optional<Clock::time_point> deadline) {
  phase_ = phase;
  deadline_ = deadline;
  publish();
}

SlotState Slot::published_state() const {
  const bool is_candidate = duty_ == Duty::kCandidate;
  switch (phase_) {
    case Phase::kAwaiting:
    case Phase::kStarting:
      return is_candidate ? SlotState::kStandby : SlotState::kStarting;
    case Phase::kReady:
      return is_candidate ? SlotState::kStandby : SlotState::kReady;
    case Phase::kFailed:
      return is_candidate ? SlotState::kStandby : SlotState::kFailed;
    case Phase::kBackoff:
      return SlotState::kBackoff;
    case Phase::kStopping:
      return SlotState::kDraining;
    case Phase::kEmpty:
      break;
  }
  return SlotState::kSpare;
}

void Slot::publish() const {
  scoreboard::SlotRecord& record = board_.slot(settings_.index);
  record.pid.store(pid_);
  const bool has_reported = phase_ == Phase::kReady || phase_ == Phase::kFailed;
  if (!has_reported) return board_.set_state(settings_.index, published_state());
  // A worker that has reported may have begun to leave by itself before its report was read.
  record.state_since_us.store(scoreboard::now_us());
  SlotState before = record.state;
  while (before != SlotState::kDraining &&
         !record.state.compare_exchange_weak(before, published_state())) {
  }
}

std::optional<std::chrono::nanoseconds> Slot::ready_for() const {
  if (!ready_at_) return std::nullopt;
  return host_.now() - *ready_at_;
}

std::uint64_t Slot::requests_served() const {
  const std::uint64_t served = board_.slot(settings_.index).requests_served.load();
  return served - std::min(served, served_before_);
}

void Slot::tell_exit(Ending ending, int wait_status, bool was_out_of_memory) const {
  const Death death{.group = settings_.group,
                    .slot = settings_.index,
                    .pid = pid_,
                    .wait_status = wait_status,
                    .generation = generation_,
                    .uptime = host_.now() - started_at_,
                    .requests = requests_served(),
                    .was_out_of_memory = was_out_of_memory,
                    .last_words = host_.last_words(settings_.index),
                    .killed_because = killed_because_};
  log_death(ending == Ending::kPlanned ? LogLevel::kInfo : LogLevel::kWarn, death, board_);
  // One that had to be killed on its way out has a story, too.
  const bool was_killed = WIFSIGNALED(wait_status) && !was_told(ending, wait_status);
  if (ending == Ending::kUnplanned || was_killed) note_death(death, board_);
}

}  // namespace warp::supervisor
