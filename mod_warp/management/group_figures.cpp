#include "mod_warp/management/group_figures.hpp"

#include <algorithm>
#include <array>

#include "scoreboard/activity.hpp"
#include "scoreboard/request_trace.hpp"

namespace warp::management {
namespace {

using std::chrono::milliseconds;

// More than any machine has.
constexpr std::uint64_t kMostMemory = std::uint64_t{1} << 50U;

std::uint64_t memory_in(const std::atomic<std::uint64_t>& bytes) {
  return std::min(bytes.load(std::memory_order_relaxed), kMostMemory);
}

WorkerState state_of(const scoreboard::SlotRecord& record) {
  const auto number = static_cast<std::uint32_t>(record.state.load());
  return static_cast<WorkerState>(
      std::min<std::uint32_t>(number, static_cast<std::uint32_t>(WorkerState::kUnknown)));
}

bool has_worker(WorkerState state) {
  return state != WorkerState::kEmpty && state != WorkerState::kSpare;
}

WorkerFigures look_at_worker(const ManagedGroup& group, std::uint32_t slot, WorkerState state,
                             TimePoint now) {
  const scoreboard::SlotRecord& record = group.board.slot(slot);
  return {
      .slot = slot,
      .state = state,
      .generation = record.generation.load(std::memory_order_relaxed),
      .busy_threads = std::min(record.busy_threads.load(std::memory_order_relaxed), group.threads),
      .resident_bytes = memory_in(record.resident_bytes),
      .proportional_bytes = memory_in(record.proportional_bytes),
      .is_stuck = scoreboard::silence_of_all(group.board, slot, now) > group.hard_limit};
}

// The only worker of a group may have more requests than threads.
void add_load(const ManagedGroup& group, std::uint32_t slot, GroupFigures& figures) {
  const Places places = group.ledger.places();
  const auto is_running = [&](std::uint32_t of, std::uint64_t request) {
    return scoreboard::trace_request(group.board, of, request).stage != scoreboard::Stage::kIdle;
  };
  const std::uint32_t taken = places.look(slot, places.per_slot(), is_running).taken;
  figures.in_workers += std::min(taken, group.threads);
  figures.waiting += taken - std::min(taken, group.threads);
}

milliseconds passed(std::optional<TimePoint> since, TimePoint now) {
  if (!since) return milliseconds::zero();
  return std::max(milliseconds(1), std::chrono::duration_cast<milliseconds>(now - *since));
}

// The last request found no free thread; there may have been none since.
milliseconds saturated_for(const ManagedGroup& group, const GroupFigures& figures, TimePoint now) {
  const bool is_full = figures.waiting > 0 || figures.in_workers >= figures.threads;
  if (is_full) return passed(group.ledger.condition().saturated_since(), now);
  group.ledger.condition().note_room();
  return milliseconds::zero();
}

}  // namespace

std::string_view label_of(WorkerState state) {
  constexpr std::array<std::string_view, kWorkerStates> kLabels = {
      "empty",    "starting", "ready", "import-failed", "backoff",
      "draining", "standby",  "spare", "unknown"};
  return kLabels[static_cast<std::size_t>(state)];
}

std::uint32_t GroupFigures::count_in(WorkerState state) const {
  return static_cast<std::uint32_t>(
      std::count_if(workers.begin(), workers.end(),
                    [&](const WorkerFigures& worker) { return worker.state == state; }));
}

GroupFigures look_at(const ManagedGroup& group, TimePoint now) {
  const GroupCondition& condition = group.ledger.condition();
  GroupFigures figures{.name = group.name,
                       .threads = group.processes * group.threads,
                       .queue_limit = group.queue_limit,
                       .in_workers = 0,
                       .waiting = group.ledger.queue().length(),
                       .was_ready = false,
                       .supervisor_lost_for = passed(condition.supervisor_lost_at(now), now),
                       .saturated_for = {},
                       .saturation_timeout = group.saturation_timeout,
                       .workers = {},
                       .worker_pids = {},
                       .totals = group.tally.totals(),
                       .chronicle = group.chronicle.totals(),
                       .series = &group.series};
  for (std::uint32_t slot = 0; slot < group.board.dimensions().slots; ++slot) {
    add_load(group, slot, figures);
    const WorkerState state = state_of(group.board.slot(slot));
    if (!has_worker(state)) continue;
    figures.workers.push_back(look_at_worker(group, slot, state, now));
    figures.worker_pids.push_back(group.board.slot(slot).pid.load(std::memory_order_relaxed));
  }
  if (figures.count_in(WorkerState::kReady) > 0) group.ledger.condition().note_ready();
  figures.was_ready = condition.was_ready();
  figures.saturated_for = saturated_for(group, figures, now);
  return figures;
}

}  // namespace warp::management
