#include "mod_warp/management/health.hpp"

#include <algorithm>

namespace warp::management {
namespace {

// httpd starts another within some seconds; a restart of everything would take longer.
constexpr std::chrono::seconds kLongestWithoutSupervisor{30};

std::string seconds_text(std::chrono::milliseconds duration) {
  return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(duration).count()) + " s";
}

bool serves(const WorkerFigures& worker) {
  return worker.state == WorkerState::kReady || worker.state == WorkerState::kFailed;
}

std::string why_not_live(const GroupFigures& group) {
  if (group.supervisor_lost_for > kLongestWithoutSupervisor)
    return "it has had no supervisor for " + seconds_text(group.supervisor_lost_for);
  const auto serving = std::count_if(group.workers.begin(), group.workers.end(), serves);
  const auto stuck =
      std::count_if(group.workers.begin(), group.workers.end(),
                    [](const WorkerFigures& worker) { return serves(worker) && worker.is_stuck; });
  if (serving > 0 && stuck == serving)
    return "all of its workers are stuck, and have not been replaced in time";
  return {};
}

std::string why_no_worker(const GroupFigures& group) {
  if (group.count_in(WorkerState::kReady) > 0) return {};
  if (group.count_in(WorkerState::kFailed) > 0)
    return "its application can't be imported; see the error log";
  if (group.count_in(WorkerState::kBackoff) > 0) return "its workers have crashed";
  return "no worker is ready";
}

std::string why_not_ready(const GroupFigures& group) {
  if (std::string problem = why_no_worker(group); !problem.empty()) return problem;
  const bool is_limited = group.saturation_timeout.count() > 0;
  if (is_limited && group.saturated_for >= group.saturation_timeout)
    return "no thread has been free for " + seconds_text(group.saturated_for) +
           " (saturation-timeout)";
  return {};
}

std::string problem_of(Question question, const GroupFigures& group) {
  switch (question) {
    case Question::kLive:
      return why_not_live(group);
    case Question::kReady:
      return why_not_ready(group);
    case Question::kStarted:
      break;
  }
  return group.was_ready ? std::string() : why_no_worker(group);
}

}  // namespace

std::vector<Check> check(Question question, std::span<const GroupFigures> groups, Service service) {
  std::vector<Check> checks;
  if (question == Question::kReady)
    checks.push_back(
        {.name = "server",
         .problem = service == Service::kEnding ? "it is about to stop or to restart" : ""});
  for (const GroupFigures& group : groups)
    checks.push_back(
        {.name = "group " + std::string(group.name), .problem = problem_of(question, group)});
  return checks;
}

bool are_passed(std::span<const Check> checks) {
  return std::all_of(checks.begin(), checks.end(),
                     [](const Check& each) { return each.problem.empty(); });
}

std::string health_page(std::span<const Check> checks, Detail detail) {
  std::string page;
  for (const Check& each : checks) {
    const bool is_good = each.problem.empty();
    if (is_good && detail == Detail::kProblems) continue;
    page.append(is_good ? "[+] " : "[-] ").append(each.name).append(is_good ? ": ok" : ": ");
    page.append(each.problem).append("\n");
  }
  return page.append(are_passed(checks) ? "ok\n" : "failed\n");
}

}  // namespace warp::management
