#include "supervisor/group.hpp"

#include <sys/wait.h>

#include <algorithm>

#include "base/log.hpp"
#include "wire/heritage.hpp"

namespace warp::supervisor {
namespace {

constexpr std::chrono::milliseconds kHaste{1000};

}  // namespace

Group::Group(const wire::GroupConfig& config, WorkerHost& host, const scoreboard::Scoreboard& board)
    : host_(host) {
  slots_.reserve(config.processes);
  for (std::uint32_t index = 0; index < config.processes; ++index)
    slots_.emplace_back(
        SlotSettings{.group = config.name,
                     .index = index,
                     .startup_timeout = config.startup_timeout,
                     .stop_timeout = config.graceful_timeout + config.shutdown_timeout},
        host, board);
}

void Group::start() {
  for (Slot& slot : slots_) slot.start();
}

void Group::reload() {
  if (facts_.is_stopping) return;
  to_reload_.clear();
  for (std::uint32_t index = 0; index < slots_.size(); ++index) to_reload_.push_back(index);
  ++facts_.generation;
  facts_.reload = ReloadState::kRunning;
  continue_reload();
}

void Group::continue_reload() {
  while (true) {
    if (reloading_) {
      const Slot::Phase phase = slots_[*reloading_].phase();
      if (phase == Slot::Phase::kStarting || phase == Slot::Phase::kStopping) return;
      const bool is_ready = phase == Slot::Phase::kReady;
      if (!is_ready && !to_reload_.empty()) {
        log_error("reload given up: the new worker did not get ready", {{"slot", *reloading_}});
        to_reload_.clear();
      }
      facts_.reload = !is_ready            ? ReloadState::kFailed
                      : to_reload_.empty() ? ReloadState::kDone
                                           : ReloadState::kRunning;
      reloading_.reset();
    }
    if (to_reload_.empty()) return;
    reloading_ = to_reload_.front();
    to_reload_.pop_front();
    slots_[*reloading_].replace();
  }
}

void Group::stop() {
  const bool is_second = facts_.is_stopping;
  facts_.is_stopping = true;
  to_reload_.clear();
  for (Slot& slot : slots_) slot.stop();
  if (is_second) stop_soon();
}

void Group::stop_soon() {
  if (!facts_.is_stopping) stop();
  for (Slot& slot : slots_) slot.hasten(kHaste);
}

void Group::on_status(std::uint32_t slot, wire::WorkerStatus status) {
  slots_[slot].on_status(status);
  continue_reload();
}

void Group::on_exit(pid_t worker, int wait_status) {
  const auto slot = std::find_if(slots_.begin(), slots_.end(),
                                 [worker](const Slot& each) { return each.pid() == worker; });
  if (slot == slots_.end()) return;
  count_restart(*slot, wait_status);
  slot->on_exit(wait_status);
  on_connector_closed();
  continue_reload();
}

void Group::count_restart(const Slot& slot, int wait_status) {
  const bool is_change =
      WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == wire::kExitFilesChanged;
  if (facts_.is_stopping) return;
  if (slot.phase() == Slot::Phase::kStopping)
    facts_.restarts.add(RestartReason::kReload);
  else
    facts_.restarts.add(is_change ? RestartReason::kScriptChanged : RestartReason::kCrash);
}

void Group::on_connector_closed() {
  for (Slot& slot : slots_) slot.give_up_if_unreachable();
}

void Group::on_time() {
  const Clock::time_point now = host_.now();
  for (Slot& slot : slots_)
    if (slot.deadline() && *slot.deadline() <= now) slot.on_deadline();
  continue_reload();
}

std::optional<Clock::time_point> Group::next_deadline() const {
  std::optional<Clock::time_point> next;
  for (const Slot& slot : slots_)
    if (slot.deadline() && (!next || *slot.deadline() < *next)) next = slot.deadline();
  return next;
}

std::vector<pid_t> Group::workers() const {
  std::vector<pid_t> workers;
  for (const Slot& slot : slots_)
    if (slot.pid() != 0) workers.push_back(slot.pid());
  return workers;
}

bool Group::is_over() const {
  return std::all_of(slots_.begin(), slots_.end(),
                     [](const Slot& slot) { return slot.phase() == Slot::Phase::kGone; });
}

}  // namespace warp::supervisor
