// All that is known of a server's process groups without asking any of their processes: what the
// status page shows and its JSON tells.
//
// Figures of httpd's own can be believed. What the scoreboard says is bounded here and its texts
// are printable ASCII; a worker can have written anything.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mod_warp/core/slowest_requests.hpp"
#include "mod_warp/management/group_figures.hpp"
#include "scoreboard/activity.hpp"
#include "scoreboard/deaths.hpp"

namespace warp::management {

struct WorkerStatus {
  WorkerFigures figures;
  std::int32_t pid = 0;  // 0: none
  std::uint64_t requests = 0;
  std::chrono::microseconds in_state_for{0};
};

struct RequestInProgress {
  std::uint32_t slot = 0;
  scoreboard::BusyThread thread;
};

struct SlowestRequest {
  std::uint64_t ended_us = 0;  // microseconds since 1970
  core::SlowRequest request;
};

struct GroupStatus {
  GroupFigures figures;
  std::uint32_t processes = 1;
  std::uint32_t threads = 1;  // of a process
  std::uint32_t generation = 0;
  bool is_live = false;
  bool is_ready = false;
  std::string problem;  // why not; empty: there is none
  std::vector<WorkerStatus> workers;
  std::vector<RequestInProgress> in_progress;  // the oldest first
  std::size_t more_in_progress = 0;
  std::vector<scoreboard::DeadWorker> deaths;  // the latest first
  std::vector<SlowestRequest> slowest;         // the slowest first
};

struct ServerStatus {
  std::string_view host;
  std::string_view software;
  std::uint64_t time_us = 0;  // microseconds since 1970
  bool is_ending = false;
  std::vector<GroupStatus> groups;
};

// More than these requests are only counted.
inline constexpr std::size_t kMostInProgress = 200;

// `now` and `now_us` are the same moment of two clocks.
[[nodiscard]] GroupStatus status_of(const ManagedGroup& group, TimePoint now, std::uint64_t now_us);

}  // namespace warp::management
