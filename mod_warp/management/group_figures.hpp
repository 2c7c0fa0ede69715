// A process group at one moment, as httpd's children see it: what the management pages tell.
//
// Counters and the queue are httpd's own. What workers have written is bounded here, once for all
// pages: a worker can have written anything.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "figures/chronicle.hpp"
#include "figures/series.hpp"
#include "mod_warp/core/tally_record.hpp"
#include "mod_warp/shared/ledger.hpp"
#include "mod_warp/shared/tally.hpp"
#include "scoreboard/scoreboard.hpp"

namespace warp::management {

using TimePoint = std::chrono::steady_clock::time_point;

// Where to look, and what the group's configuration says.
struct ManagedGroup {
  std::string_view name;
  std::uint32_t processes = 1;
  std::uint32_t threads = 1;  // of a process
  std::uint32_t queue_limit = 0;
  // A request that has been silent for longer should have been ended with its worker.
  std::chrono::milliseconds hard_limit{0};
  std::chrono::milliseconds saturation_timeout{0};  // zero: none
  const scoreboard::Scoreboard& board;
  const Ledger& ledger;
  const Tally& tally;
  const figures::Chronicle& chronicle;
  const figures::Series& series;
};

// In the order of scoreboard::SlotState, and one for what is none.
inline constexpr std::size_t kWorkerStates = 9;
enum class WorkerState : std::uint8_t {
  kEmpty,
  kStarting,
  kReady,
  kFailed,
  kBackoff,
  kDraining,
  kStandby,
  kSpare,
  kUnknown,
};
[[nodiscard]] std::string_view label_of(WorkerState state);

struct WorkerFigures {
  std::uint32_t slot = 0;
  WorkerState state{};
  std::uint32_t generation = 0;
  std::uint32_t busy_threads = 0;        // at most the threads that it has
  std::uint64_t resident_bytes = 0;      // 0: not known yet
  std::uint64_t proportional_bytes = 0;  // the same
  bool is_stuck = false;                 // all of its threads are silent beyond the hard limit
};

struct GroupFigures {
  std::string_view name;
  std::uint32_t threads = 0;  // of all processes
  std::uint32_t queue_limit = 0;
  std::uint32_t in_workers = 0;  // requests that threads have
  std::uint32_t waiting = 0;     // requests, here and within a worker
  bool was_ready = false;
  std::chrono::milliseconds supervisor_lost_for{0};  // zero: there is one
  std::chrono::milliseconds saturated_for{0};        // zero: there is room
  std::chrono::milliseconds saturation_timeout{0};
  std::vector<WorkerFigures> workers;  // of slots that have one, or are to
  std::vector<pid_t> worker_pids;      // of the same
  core::TallyTotals totals;
  figures::ChronicleTotals chronicle;
  const figures::Series* series = nullptr;  // the group's; read by who shows it

  [[nodiscard]] std::uint32_t count_in(WorkerState state) const;
};

[[nodiscard]] GroupFigures look_at(const ManagedGroup& group, TimePoint now);

}  // namespace warp::management
