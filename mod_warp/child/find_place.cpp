#include "mod_warp/child/find_place.hpp"

#include "scoreboard/request_trace.hpp"

namespace warp {
namespace {

core::Readiness readiness_of(const ChildGroup& group, std::uint32_t slot) {
  using State = scoreboard::SlotState;
  switch (group.board.slot(slot).state.load()) {
    case State::kReady:
      return core::Readiness::kReady;
    case State::kFailed:
      return core::Readiness::kAnswersErrors;
    case State::kStarting:
      return core::Readiness::kStarting;
    case State::kBackoff:
    case State::kStandby:
    case State::kSpare:
      return core::Readiness::kOutOfUse;
    case State::kEmpty:
    case State::kDraining:
      break;
  }
  // Also for a number that is no state: any worker can write anything there.
  return core::Readiness::kAbsent;
}

SlotLoad load_of(const ChildGroup& group, std::uint32_t slot) {
  const Places places = group.ledger.places();
  return places.look(slot, places.per_slot(), [&](std::uint32_t of, std::uint64_t request) {
    return scoreboard::trace_request(group.board, of, request).stage != scoreboard::Stage::kIdle;
  });
}

// A worker that is the only one is also given what it can't take up at once: that saves its threads
// the wait for the next request. But not when another will soon be there.
std::uint32_t most_for(const ChildGroup& group, const core::WorkerChoice& choice) {
  return choice.is_one_starting() ? group.group.settings.threads : group.ledger.places().per_slot();
}

}  // namespace

Room look_for_room(const ChildGroup& group, std::optional<std::uint32_t> avoided) {
  const std::uint32_t threads = group.group.settings.threads;
  Room room{.choice = core::WorkerChoice(threads, avoided), .place = std::nullopt};
  std::optional<std::uint32_t> free;
  for (std::uint32_t slot = 0; slot < group.connectors.size(); ++slot) {
    const core::Readiness readiness = readiness_of(group, slot);
    const SlotLoad load = core::takes_requests(readiness) ? load_of(group, slot) : SlotLoad();
    const std::uint32_t busy = group.board.slot(slot).busy_threads.load(std::memory_order_relaxed);
    if (room.choice.consider(
            slot, {.readiness = readiness, .load = load.taken, .is_occupied = busy >= threads}))
      free = load.free;
  }
  if (free && room.choice.has_room(most_for(group, room.choice)))
    room.place = Place{.slot = *room.choice.chosen(), .index = *free};
  return room;
}

std::optional<Place> take_in_only_worker(const ChildGroup& group, std::uint32_t hint) {
  if (group.group.settings.processes != 1) return std::nullopt;
  std::optional<std::uint32_t> only;
  for (std::uint32_t slot = 0; slot < group.connectors.size(); ++slot) {
    const core::Readiness readiness = readiness_of(group, slot);
    if (readiness == core::Readiness::kStarting) return std::nullopt;
    if (!core::takes_requests(readiness)) continue;
    if (only) return std::nullopt;
    only = slot;
  }
  if (!only) return std::nullopt;
  return group.ledger.places().take_any(*only, group.group.settings.threads, hint, group.pid);
}

void serve_queue(const ChildGroup& group) {
  const WaitQueue queue = group.ledger.queue();
  if (!queue.is_anyone_waiting()) return;
  queue.serve(
      [&](std::optional<std::uint32_t> avoided) { return look_for_room(group, avoided).place; });
}

bool is_crowded(const ChildGroup& group, std::uint32_t slot) {
  return load_of(group, slot).taken > group.group.settings.threads;
}

}  // namespace warp
