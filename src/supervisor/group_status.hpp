// A group as its supervisor sees it at one moment: what the control socket's `status` tells.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scoreboard/activity.hpp"
#include "supervisor/restart_counts.hpp"

namespace warp::supervisor {

enum class ReloadState : std::uint8_t {
  kNone,  // since the supervisor started
  kRunning,
  kDone,
  kFailed,  // the new workers did not get ready; what served before goes on
};

// What only the group itself knows.
struct GroupFacts {
  std::uint64_t generation = 1;  // one more with every reload that began
  ReloadState reload = ReloadState::kNone;
  bool is_stopping = false;
  RestartCounts restarts{};
};

struct WorkerMemory {
  std::optional<std::uint64_t> resident{};  // bytes
  // Bytes, with shared pages divided among their users. Costs the kernel a walk through all pages.
  std::optional<std::uint64_t> proportional{};
};

// From the scoreboard, which a worker can scribble over: bounded, and its texts are printable
// ASCII.
struct WorkerView {
  std::uint32_t slot = 0;
  std::optional<pid_t> pid{};  // none: no living worker of this group has the slot
  std::uint64_t generation = 0;
  std::string state{};
  std::chrono::milliseconds uptime{0};
  std::uint64_t served = 0;  // by the slot's workers so far
  WorkerMemory memory{};
  std::vector<scoreboard::BusyThread> busy{};
};

struct GroupStatus {
  std::string name{};
  pid_t supervisor = 0;
  std::string error_log{};    // empty: no file
  std::uint32_t threads = 0;  // of a worker
  GroupFacts facts{};
  std::vector<WorkerView> workers{};
};

// `workers`: the pids that are the supervisor's children now.
[[nodiscard]] std::vector<WorkerView> view_workers(const scoreboard::Scoreboard& board,
                                                   const std::vector<pid_t>& workers);

}  // namespace warp::supervisor
