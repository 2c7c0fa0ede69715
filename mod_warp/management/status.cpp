#include "mod_warp/management/status.hpp"

#include <algorithm>

#include "mod_warp/management/health.hpp"
#include "scoreboard/request_trace.hpp"

namespace warp::management {
namespace {

using std::chrono::microseconds;

microseconds since(std::uint64_t at_us, std::uint64_t now_us) {
  return microseconds(std::min(now_us - std::min(at_us, now_us), scoreboard::kLongestAge));
}

WorkerStatus look_at_worker(const ManagedGroup& group, const WorkerFigures& figures,
                            std::uint64_t now_us) {
  const scoreboard::SlotRecord& record = group.board.slot(figures.slot);
  return {.figures = figures,
          .pid = std::max(0, record.pid.load(std::memory_order_relaxed)),
          .requests = record.requests_served.load(std::memory_order_relaxed),
          .in_state_for = since(record.state_since_us.load(std::memory_order_relaxed), now_us)};
}

void add_requests(const ManagedGroup& group, std::uint32_t slot, GroupStatus& status) {
  auto& requests = status.in_progress;
  for (auto& thread : scoreboard::busy_threads(group.board, slot)) {
    thread.age = std::min(thread.age, microseconds(scoreboard::kLongestAge));
    requests.push_back({.slot = slot, .thread = std::move(thread)});
  }
  std::stable_sort(requests.begin(), requests.end(),
                   [](const RequestInProgress& a, const RequestInProgress& b) {
                     return a.thread.age > b.thread.age;
                   });
  if (requests.size() <= kMostInProgress) return;
  status.more_in_progress += requests.size() - kMostInProgress;
  requests.resize(kMostInProgress);
}

// Of those that serve; before there are any, of those that are to.
std::uint32_t generation_of(const GroupFigures& figures) {
  std::uint32_t serving = 0;
  std::uint32_t any = 0;
  for (const WorkerFigures& worker : figures.workers) {
    any = std::max(any, worker.generation);
    if (worker.state == WorkerState::kReady) serving = std::max(serving, worker.generation);
  }
  return serving > 0 ? serving : any;
}

std::string problem_of(Question question, const GroupFigures& figures) {
  return check(question, {&figures, 1}, Service::kOpen).back().problem;
}

}  // namespace

GroupStatus status_of(const ManagedGroup& group, TimePoint now, std::uint64_t now_us) {
  GroupStatus status{.figures = look_at(group, now),
                     .processes = group.processes,
                     .threads = group.threads,
                     .problem = {},
                     .workers = {},
                     .in_progress = {},
                     .deaths = scoreboard::last_deaths(group.board),
                     .slowest = {}};
  status.generation = generation_of(status.figures);
  const std::string not_live = problem_of(Question::kLive, status.figures);
  const std::string not_ready = problem_of(Question::kReady, status.figures);
  status.is_live = not_live.empty();
  status.is_ready = not_ready.empty();
  status.problem = status.is_live ? not_ready : not_live;
  for (const WorkerFigures& worker : status.figures.workers) {
    status.workers.push_back(look_at_worker(group, worker, now_us));
    add_requests(group, worker.slot, status);
  }
  for (auto& request : group.ledger.slowest(now)) {
    const auto ago = std::chrono::duration_cast<microseconds>(now - request.ended_at);
    const auto ended = static_cast<std::uint64_t>(std::max<std::int64_t>(0, ago.count()));
    status.slowest.push_back({.ended_us = now_us - ended, .request = std::move(request)});
  }
  return status;
}

}  // namespace warp::management
