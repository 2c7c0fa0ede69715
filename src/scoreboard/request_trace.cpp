#include "scoreboard/request_trace.hpp"

namespace warp::scoreboard {

RequestTrace trace_request(const Scoreboard& board, std::uint32_t slot_index,
                           std::uint64_t request_id) {
  RequestTrace trace;
  trace.is_only_thread = board.dimensions().threads == 1;
  for (std::uint32_t index = 0; index < board.dimensions().threads; ++index) {
    const ThreadRecord& record = board.thread(slot_index, index);
    // The recorder writes it last.
    const bool was_this = record.request_id.load(std::memory_order_acquire) == request_id;
    const bool was_called = record.called_id.load(std::memory_order_acquire) == request_id;
    const Stage stage = record.stage.load(std::memory_order_acquire);
    const std::uint64_t started_us = record.started_us.load(std::memory_order_relaxed);
    // The slot's next worker may have begun to write in between: then the record says nothing.
    const bool is_this =
        was_this && record.request_id.load(std::memory_order_acquire) == request_id;
    if (is_this) {
      trace.was_taken = true;
      // Two threads of a worker never have the same request; should they say so, what matters more
      // is believed.
      trace.was_called = trace.was_called || was_called;
      if (trace.stage != Stage::kIdle) continue;
      trace.stage = stage;
      trace.started_us = started_us;
    } else if (stage != Stage::kIdle && stage != Stage::kTaken) {
      ++trace.others;
      trace.has_other_crashed = trace.has_other_crashed || stage == Stage::kCrashed;
    }
  }
  return trace;
}

std::optional<std::uint64_t> taken_up_at(const Scoreboard& board, std::uint32_t slot_index,
                                         std::uint64_t request_id) {
  for (std::uint32_t index = 0; index < board.dimensions().threads; ++index)
    for (const TakenUp& entry : board.thread(slot_index, index).taken_up)
      if (entry.request_id.load(std::memory_order_acquire) == request_id)
        return entry.at_us.load(std::memory_order_relaxed);
  return std::nullopt;
}

bool is_cause_of_death(const RequestTrace& trace) {
  switch (trace.stage) {
    case Stage::kCrashed:
      return true;
    case Stage::kApplication:
      return trace.others == 0 && !trace.has_other_crashed;
    case Stage::kIdle:
      return trace.was_called && trace.is_only_thread;
    case Stage::kTaken:
    case Stage::kResponse:
      break;
  }
  return false;
}

}  // namespace warp::scoreboard
