// How long the threads of a worker have waited for the interpreter's lock (GIL), for the chronicle.
// The worker says so on the scoreboard, where it can write anything: of that counts at most what so
// many threads can have waited since it was started, and nothing counts twice.
#pragma once

#include <cstdint>

#include "figures/chronicle.hpp"
#include "scoreboard/scoreboard.hpp"
#include "supervisor/worker_host.hpp"

namespace warp::supervisor {

class LockWaitWatch final {
 public:
  // The scoreboard outlives it.
  LockWaitWatch(const scoreboard::Scoreboard& board, std::uint32_t slot)
      : board_(board), slot_(slot) {}

  // The slot's next worker is started, which goes on from what stands there.
  void begin(Clock::time_point now);
  // What has come since the last look.
  [[nodiscard]] figures::LockWaits look(Clock::time_point now);

 private:
  [[nodiscard]] figures::LockWaits recorded() const;
  [[nodiscard]] figures::LockWaits possible(Clock::time_point now) const;

  const scoreboard::Scoreboard& board_;
  std::uint32_t slot_;
  Clock::time_point started_at_;
  figures::LockWaits seen_;     // on the scoreboard
  figures::LockWaits counted_;  // of the present worker
};

}  // namespace warp::supervisor
