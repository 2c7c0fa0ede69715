// The last workers of a group that have died other than by order, for who asks later. The
// supervisor writes them down; a worker can scribble here as everywhere.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "scoreboard/scoreboard.hpp"

namespace warp::scoreboard {

struct LostRequest {
  std::string method;
  std::string path;  // its start
  Stage stage = Stage::kIdle;
  std::chrono::microseconds age{0};
};

struct DeadWorker {
  std::uint64_t at_us = 0;  // microseconds since 1970
  std::uint32_t slot = 0;
  std::int32_t pid = 0;
  std::uint32_t generation = 0;
  std::chrono::microseconds uptime{0};
  std::uint64_t requests = 0;
  std::string how;    // "SIGSEGV"
  std::string cause;  // what the supervisor knows about it; may be empty
  std::vector<LostRequest> lost{};
  std::uint32_t lost_requests = 0;  // of which `lost` has the first
  std::string last_words{};         // the start of them, lines; may be empty
};

// In the place of the oldest.
void note_death(const Scoreboard& board, const DeadWorker& dead);

// The latest first. Bounded, in the past, and with texts of printable ASCII; otherwise only as true
// as what the workers have left of it.
[[nodiscard]] std::vector<DeadWorker> last_deaths(const Scoreboard& board);

}  // namespace warp::scoreboard
