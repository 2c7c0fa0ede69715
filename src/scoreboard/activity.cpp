#include "scoreboard/activity.hpp"

#include <algorithm>

namespace warp::scoreboard {

std::vector<BusyThread> busy_threads(const Scoreboard& board, std::uint32_t slot_index) {
  std::vector<BusyThread> busy;
  const std::uint64_t now = now_us();
  for (std::uint32_t index = 0; index < board.dimensions().threads; ++index) {
    const ThreadRecord& record = board.thread(slot_index, index);
    // The recorder writes it last, after the texts.
    const std::uint64_t request_id = record.request_id.load(std::memory_order_acquire);
    const Stage stage = record.stage.load(std::memory_order_acquire);
    if (stage == Stage::kIdle) continue;
    const std::uint64_t started = std::min(now, record.started_us.load(std::memory_order_relaxed));
    busy.push_back({.thread = index,
                    .request_id = request_id,
                    .method = recorded_text(record.method),
                    .path = recorded_text(record.uri),
                    .stage = stage,
                    .age = std::chrono::microseconds(now - started)});
  }
  return busy;
}

std::string stage_text(Stage stage) {
  switch (stage) {
    case Stage::kIdle:
      return "idle";
    case Stage::kTaken:
      return "waiting for the interpreter";
    case Stage::kApplication:
      return "in the application";
    case Stage::kResponse:
      return "sending the response";
    case Stage::kCrashed:
      return "crashed";
  }
  return "unknown";  // a worker may write anything
}

void clear_activity(const Scoreboard& board, std::uint32_t slot_index) {
  for (std::uint32_t index = 0; index < board.dimensions().threads; ++index)
    board.thread(slot_index, index).stage.store(Stage::kIdle, std::memory_order_relaxed);
  board.slot(slot_index).busy_threads.store(0, std::memory_order_relaxed);
}

}  // namespace warp::scoreboard
