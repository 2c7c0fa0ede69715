// What a worker's threads say about one request.
#pragma once

#include <cstdint>
#include <optional>

#include "scoreboard/scoreboard.hpp"

namespace warp::scoreboard {

// Only as true as what the worker has written.
struct RequestTrace {
  bool was_taken = false;   // a thread has it, or had it last
  bool was_called = false;  // and the application was called for it
  Stage stage = Stage::kIdle;
  std::uint64_t started_us = 0;
  std::uint32_t others = 0;        // threads that have called the application for other requests
  bool has_other_crashed = false;  // one of them marked the crash as its own
  bool is_only_thread = false;     // the worker has no others
};

[[nodiscard]] RequestTrace trace_request(const Scoreboard& board, std::uint32_t slot_index,
                                         std::uint64_t request_id);

// In microseconds: a bound for ages of what a worker has written, so that they can be reckoned
// with.
inline constexpr std::uint64_t kLongestAge = std::uint64_t{1} << 40U;

// When a thread took it up, in microseconds since 1970; nullopt: none has, or some threads have had
// several others since. Only as true as what the worker has written.
[[nodiscard]] std::optional<std::uint64_t> taken_up_at(const Scoreboard& board,
                                                       std::uint32_t slot_index,
                                                       std::uint64_t request_id);

// A worker has died before it began to answer this request, which has surely brought it about, as
// far as its own records say. The next worker's start clears the stages: then only a request of a
// worker with one thread is known to have been alone.
[[nodiscard]] bool is_cause_of_death(const RequestTrace& trace);

}  // namespace warp::scoreboard
