#include "supervisor/group_status.hpp"

#include <algorithm>

#include "base/deadline.hpp"
#include "supervisor/process_facts.hpp"

namespace warp::supervisor {
namespace {

using scoreboard::SlotState;

// All workers together: the supervisor does nothing else meanwhile.
constexpr std::chrono::milliseconds kTimeForMemory{100};

std::string state_text(SlotState state) {
  switch (state) {
    case SlotState::kEmpty:
      return "empty";
    case SlotState::kStarting:
      return "starting";
    case SlotState::kReady:
      return "ready";
    case SlotState::kFailed:
      return "failed";
    case SlotState::kBackoff:
      return "backoff";
    case SlotState::kDraining:
      return "draining";
    case SlotState::kStandby:
      return "standby";
    case SlotState::kSpare:
      return "spare";
  }
  return "unknown";
}

}  // namespace

std::vector<WorkerView> view_workers(const scoreboard::Scoreboard& board,
                                     const std::vector<pid_t>& workers) {
  const Deadline deadline = Deadline::in(kTimeForMemory);
  std::vector<WorkerView> views;
  for (std::uint32_t slot = 0; slot < board.dimensions().slots; ++slot) {
    const scoreboard::SlotRecord& record = board.slot(slot);
    const pid_t pid = record.pid.load();
    const SlotState state = record.state.load();
    WorkerView view{.slot = slot,
                    .generation = record.generation.load(),
                    .state = state_text(state),
                    .served = record.requests_served.load()};
    if (std::find(workers.begin(), workers.end(), pid) != workers.end()) {
      view.pid = pid;
      view.uptime = uptime_of(pid).value_or(std::chrono::milliseconds(0));
      view.memory.resident = resident_bytes(pid);
      if (!deadline.has_passed()) view.memory.proportional = proportional_bytes(pid);
      view.busy = scoreboard::busy_threads(board, slot);
    }
    // A slot that has never had a worker, or will not have one again, is of no interest.
    if (view.pid || (state != SlotState::kEmpty && state != SlotState::kSpare))
      views.push_back(std::move(view));
  }
  return views;
}

}  // namespace warp::supervisor
