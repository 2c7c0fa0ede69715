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

std::chrono::nanoseconds silence_of_all(const Scoreboard& board, std::uint32_t slot_index,
                                        std::chrono::steady_clock::time_point now) {
  const std::int64_t now_ns = std::chrono::nanoseconds(now.time_since_epoch()).count();
  std::int64_t shortest = now_ns;
  for (std::uint32_t index = 0; index < board.dimensions().threads; ++index) {
    const ThreadRecord& record = board.thread(slot_index, index);
    const bool is_idle = record.stage.load(std::memory_order_acquire) == Stage::kIdle;
    const std::int64_t since = record.silent_since.load(std::memory_order_relaxed);
    // A worker may write anything.
    if (is_idle || since <= 0 || since >= now_ns) return std::chrono::nanoseconds::zero();
    shortest = std::min(shortest, now_ns - since);
  }
  return std::chrono::nanoseconds(shortest);
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
  for (std::uint32_t index = 0; index < board.dimensions().threads; ++index) {
    ThreadRecord& record = board.thread(slot_index, index);
    record.stage.store(Stage::kIdle, std::memory_order_relaxed);
    record.silent_since.store(0, std::memory_order_relaxed);
  }
  board.slot(slot_index).busy_threads.store(0, std::memory_order_relaxed);
}

}  // namespace warp::scoreboard
