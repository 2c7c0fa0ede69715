// What a worker's threads are doing, or were doing when it died: the flight recorder, read.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "scoreboard/scoreboard.hpp"

namespace warp::scoreboard {

struct BusyThread {
  std::uint32_t thread = 0;
  std::uint64_t request_id = 0;
  std::string method;
  std::string path;  // its start
  Stage stage = Stage::kIdle;
  std::chrono::microseconds age{0};  // since the thread has it
};

// Only as true as what the worker has written; safe to log.
[[nodiscard]] std::vector<BusyThread> busy_threads(const Scoreboard& board,
                                                   std::uint32_t slot_index);

// For how long the application has been silent in each of the slot's threads, as far as the worker
// says: zero when one has no request, or waits for httpd's child or its client.
[[nodiscard]] std::chrono::nanoseconds silence_of_all(const Scoreboard& board,
                                                      std::uint32_t slot_index,
                                                      std::chrono::steady_clock::time_point now);

// "waiting for the interpreter", "in the application", "sending the response", "crashed", ...
[[nodiscard]] std::string stage_text(Stage stage);

// The slot's threads as idle, for a new worker.
void clear_activity(const Scoreboard& board, std::uint32_t slot_index);

}  // namespace warp::scoreboard
