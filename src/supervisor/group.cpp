#include "supervisor/group.hpp"

#include <algorithm>
#include <csignal>
#include <utility>

#include "base/log.hpp"

namespace warp::supervisor {
namespace {

using Phase = Slot::Phase;

constexpr std::chrono::milliseconds kHaste{1000};
// Looks in a row that find a worker stopped, before it is replaced: some stop a process for a
// moment.
constexpr unsigned kStandstillLooks = 2;

void advance(std::optional<Clock::time_point>& next, std::optional<Clock::time_point> other) {
  if (other && (!next || *other < *next)) next = other;
}

}  // namespace

Group::Group(const wire::GroupConfig& config, WorkerHost& host, const scoreboard::Scoreboard& board)
    : config_(config), host_(host), board_(board), memory_turns_(host) {
  const std::uint32_t count = wire::slots_for(config.processes);
  slots_.reserve(count);
  for (std::uint32_t index = 0; index < count; ++index)
    slots_.emplace_back(
        SlotSettings{.group = config.name,
                     .index = index,
                     .startup_timeout = config.startup_timeout,
                     .stop_timeout = config.graceful_timeout + config.shutdown_timeout,
                     .replace_timeout = config.eviction_timeout + config.shutdown_timeout},
        host, board);
}

void Group::start() {
  current_.emplace(make_generation(Duty::kServing, free_slots()));
  current_->begin(preload(), config_.startup_timeout);
  // Only now: children of httpd must never see that no worker will come.
  for (Slot& slot : slots_)
    if (slot.phase() == Phase::kEmpty) slot.stop();
  look_due_ = host_.now() + kLimitInterval;
}

// At most as many as a generation has.
std::vector<Slot*> Group::free_slots() {
  std::vector<Slot*> free;
  for (Slot& slot : slots_)
    if (slot.phase() == Phase::kEmpty && free.size() < config_.processes) free.push_back(&slot);
  return free;
}

Generation Group::make_generation(Duty duty, std::vector<Slot*> slots) {
  return {++last_number_, duty, std::move(slots), host_};
}

Generation::Preload Group::preload() const {
  return config_.preload ? Generation::Preload::kOn : Generation::Preload::kOff;
}

void Group::reload(RestartReason reason) {
  if (facts_.is_stopping) return;
  want_reload(reason);
  if (next_) {
    log_info("reload begins anew", {{"group", config_.name}, {"generation", next_->number()}});
    drop_reload();
  }
  go_on();
}

void Group::look_for_changed_code() const {
  // One that is not ready yet would be ended by the signal.
  for (const Slot& slot : slots_)
    if (slot.duty() == Duty::kServing && slot.phase() == Phase::kReady)
      host_.send_signal(slot.pid(), SIGHUP);
}

void Group::want_reload(RestartReason reason) {
  wanted_reload_ = reason;
  facts_.generation = last_number_ + 1;
  facts_.reload = ReloadState::kRunning;
}

void Group::go_on() {
  if (facts_.is_stopping) return;
  current_->look_at_slots();
  // Its code could not be imported, and one worker has tried until it could.
  if (current_->stage() == Generation::Stage::kFailed && !next_ &&
      current_->slots().front()->phase() == Phase::kReady)
    want_reload(RestartReason::kFailedImport);
  go_on_with_reload();
  if (!next_) go_on_with_succession();
}

void Group::go_on_with_reload() {
  if (next_) {
    next_->look_at_slots();
    if (next_->stage() == Generation::Stage::kReady) take_over();
  }
  if (next_ && next_->stage() == Generation::Stage::kFailed && config_.explains_errors &&
      next_->keep_failed_worker())
    show_failure();
  if (next_ && next_->stage() == Generation::Stage::kFailed) {
    log_error("reload failed: the running generation goes on serving",
              {{"group", config_.name},
               {"generation", next_->number()},
               {"running", current_->number()}});
    drop_reload();
    if (!wanted_reload_) facts_.reload = ReloadState::kFailed;
  }
  if (wanted_reload_ && !next_) begin_reload();
}

void Group::begin_reload() {
  if (succession_) end_succession();
  std::vector<Slot*> slots = free_slots();
  // Workers of an earlier generation still finish their requests.
  if (slots.size() < config_.processes) return;
  next_.emplace(make_generation(Duty::kCandidate, std::move(slots)));
  next_reason_ = *std::exchange(wanted_reload_, std::nullopt);
  log_info("reload begins", {{"group", config_.name},
                             {"generation", next_->number()},
                             {"reason", text_of(next_reason_)}});
  next_->begin(preload(), config_.startup_timeout);
}

void Group::take_over() {
  next_->promote();
  current_->retire();
  for (std::size_t i = 0; i < next_->slots().size(); ++i) count(next_reason_);
  current_.emplace(*std::move(next_));
  next_.reset();
  wanted_successors_.clear();
  watches_.clear();
  if (!wanted_reload_) facts_.reload = ReloadState::kDone;
  log_info("reload done", {{"group", config_.name}, {"generation", current_->number()}});
}

// Whoever has just saved the code wants to see what is wrong with it, not that of before.
void Group::show_failure() {
  log_error("reload failed: the error is shown until a file of its traceback has changed",
            {{"group", config_.name}, {"generation", next_->number()}});
  take_over();
  if (!wanted_reload_) facts_.reload = ReloadState::kFailed;
}

void Group::drop_reload() {
  next_->abandon();
  next_.reset();
}

void Group::want_successor(Slot& slot, RestartReason reason) {
  if (slot.duty() != Duty::kServing || slot.phase() != Phase::kReady) return;
  wanted_successors_.emplace(&slot, reason);
}

void Group::go_on_with_succession() {
  if (succession_) {
    const Phase phase = succession_->to->phase();
    if (phase == Phase::kStarting) return;
    if (phase == Phase::kReady) {
      succession_->to->promote();
      // It may have died meanwhile and be back at work in its place, or on the way there.
      succession_->from->retire();
      // It finishes nothing, and its requests wait for its end to go elsewhere.
      if (succession_->reason == RestartReason::kStandstill)
        succession_->from->hasten(config_.shutdown_timeout);
      current_->replace(succession_->from, succession_->to);
      watches_.erase(succession_->from);
      count(succession_->reason);
      succession_backoff_.loaded();
      succession_.reset();
    } else {
      log_error("worker not replaced: its successor did not get ready",
                {{"group", config_.name}, {"slot", succession_->from->index()}});
      no_succession_before_ = host_.now() + succession_backoff_.after_failed_load();
      wanted_successors_.emplace(succession_->from, succession_->reason);
      end_succession();
    }
  }
  begin_succession();
}

void Group::begin_succession() {
  std::erase_if(wanted_successors_, [](const auto& wanted) {
    return wanted.first->duty() != Duty::kServing || wanted.first->phase() != Phase::kReady;
  });
  if (no_succession_before_ && host_.now() < *no_succession_before_) return;
  no_succession_before_.reset();
  const std::vector<Slot*> free = free_slots();
  if (wanted_successors_.empty() || free.empty()) return;
  const auto [from, reason] = *wanted_successors_.begin();
  wanted_successors_.erase(wanted_successors_.begin());
  succession_ = Succession{.from = from, .to = free.front(), .reason = reason};
  log_info("worker will be replaced", {{"group", config_.name},
                                       {"slot", from->index()},
                                       {"pid", from->pid()},
                                       {"reason", text_of(reason)}});
  succession_->to->start(Duty::kCandidate, current_->number());
}

void Group::end_succession() {
  succession_->to->stop();
  succession_.reset();
}

void Group::stop() {
  const bool is_second = facts_.is_stopping;
  facts_.is_stopping = true;
  wanted_reload_.reset();
  if (next_) drop_reload();
  current_->abandon();
  for (Slot& slot : slots_) slot.stop();
  if (is_second) stop_soon();
}

void Group::stop_soon() {
  if (!facts_.is_stopping) stop();
  for (Slot& slot : slots_) slot.hasten(kHaste);
}

void Group::on_status(std::uint32_t index, wire::WorkerStatus status) {
  Slot& slot = slots_[index];
  switch (status) {
    case wire::WorkerStatus::kReady:
    case wire::WorkerStatus::kFailed:
      slot.on_status(status);
      break;
    case wire::WorkerStatus::kOverdue:
      want_successor(slot, RestartReason::kRequestTimeout);
      break;
    case wire::WorkerStatus::kLimitReached:
      want_successor(slot, RestartReason::kMaximumRequests);
      break;
    case wire::WorkerStatus::kScriptChanged:
      // Every worker of the generation says so; those of the next one have seen the change.
      if (slot.duty() == Duty::kServing && !next_) want_reload(RestartReason::kScriptChanged);
      break;
    case wire::WorkerStatus::kUnfitToFork:
      break;
  }
  go_on();
}

void Group::on_exit(pid_t worker, int wait_status) {
  const auto slot = std::find_if(slots_.begin(), slots_.end(),
                                 [worker](const Slot& each) { return each.pid() == worker; });
  if (slot == slots_.end()) return;
  if (slot->duty() == Duty::kServing && slot->phase() == Phase::kReady && !slot->is_killed())
    count(RestartReason::kCrash);
  watches_.erase(&*slot);
  standstills_.erase(&*slot);
  wanted_successors_.erase(&*slot);
  slot->on_exit(wait_status);
  on_connector_closed();
}

void Group::on_template_status(std::uint32_t generation, wire::WorkerStatus status) {
  if (current_->number() == generation)
    current_->on_template_status(status);
  else if (next_ && next_->number() == generation)
    next_->on_template_status(status);
  go_on();
}

void Group::on_template_exit(std::uint32_t generation) {
  if (current_->number() == generation)
    current_->on_template_exit();
  else if (next_ && next_->number() == generation)
    next_->on_template_exit();
  go_on();
}

void Group::on_connector_closed() {
  for (Slot& slot : slots_) slot.give_up_if_unreachable();
  go_on();
}

void Group::on_time() {
  const Clock::time_point now = host_.now();
  for (Slot& slot : slots_)
    if (slot.deadline() && *slot.deadline() <= now) slot.on_deadline();
  for (auto* const generation : {&current_, &next_})
    if (*generation && (*generation)->deadline() && *(*generation)->deadline() <= now)
      (*generation)->on_deadline();
  if (look_due_ && *look_due_ <= now) look_at_workers();
  go_on();
}

void Group::look_at_workers() {
  look_due_ = host_.now() + kLimitInterval;
  memory_turns_.look(slots_);
  for (Slot& slot : slots_) {
    const auto figures = slot.pid() == 0 ? std::nullopt : host_.figures_of(slot.pid());
    if (figures) slot.note_memory(figures->resident_bytes);
    if (slot.pid() != 0) slot.count_lock_waits();
    if (slot.duty() != Duty::kServing || slot.phase() != Phase::kReady || slot.is_killed())
      continue;
    look_for_standstill(slot);
    if (figures && has_limits(config_)) look_at_limits_of(slot, *figures);
  }
}

void Group::count(RestartReason reason) {
  facts_.restarts.count(reason);
  host_.count(reason);
}

// Whatever else is wrong within a worker, its own watchdog sees; that of a stopped one stands still
// too.
void Group::look_for_standstill(Slot& slot) {
  if (!host_.is_stopped(slot.pid())) {
    standstills_.erase(&slot);
    return;
  }
  const unsigned looks = ++standstills_[&slot];
  if (looks < kStandstillLooks) return;
  if (looks == kStandstillLooks)
    log_error(
        "worker stands still: a signal has stopped it, so it is replaced; SIGCONT lets it go on "
        "and finish its requests within shutdown-timeout",
        {{"group", config_.name}, {"slot", slot.index()}, {"pid", slot.pid()}});
  want_successor(slot, RestartReason::kStandstill);
}

void Group::look_at_limits_of(Slot& slot, const ProcessFigures& figures) {
  const Observation seen{.now = host_.now(),
                         .figures = figures,
                         .requests_served = slot.requests_served(),
                         .is_busy = board_.slot(slot.index()).busy_threads != 0};
  LimitWatch& watch = watches_.try_emplace(&slot, config_, *slot.ready_at()).first->second;
  if (watch.is_beyond_hard_limit(seen)) {
    count(RestartReason::kMemoryLimit);
    return slot.kill_worker("worker killed: it uses more memory than memory-hard-limit",
                            figures::WorkerDeath::kMemoryHardLimit);
  }
  if (const auto reason = watch.look(seen)) want_successor(slot, *reason);
}

std::optional<Clock::time_point> Group::next_deadline() const {
  std::optional<Clock::time_point> next = look_due_;
  for (const Slot& slot : slots_) advance(next, slot.deadline());
  for (const auto* const generation : {&current_, &next_})
    if (*generation) advance(next, (*generation)->deadline());
  if (!wanted_successors_.empty()) advance(next, no_succession_before_);
  return next;
}

std::vector<pid_t> Group::workers() const {
  std::vector<pid_t> workers;
  for (const Slot& slot : slots_)
    if (slot.pid() != 0) workers.push_back(slot.pid());
  return workers;
}

std::vector<pid_t> Group::serving_workers() const {
  std::vector<pid_t> workers;
  for (const Slot& slot : slots_)
    if (slot.duty() == Duty::kServing && slot.pid() != 0) workers.push_back(slot.pid());
  return workers;
}

std::uint32_t Group::slot_count() const { return static_cast<std::uint32_t>(slots_.size()); }

bool Group::is_over() const {
  return std::all_of(slots_.begin(), slots_.end(),
                     [](const Slot& slot) { return slot.phase() == Phase::kEmpty; });
}

}  // namespace warp::supervisor
