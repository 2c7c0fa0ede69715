#include "supervisor/control_answer.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/strings.hpp"

namespace warp::supervisor {
namespace {

// As the fields stand in the text, for people who read it.
using Json = nlohmann::ordered_json;

// In flight in one answer; the oldest of a worker with more.
constexpr std::size_t kMostRequests = 1024;

std::string text_of(const Json& document) {
  // What is no UTF-8, which only our own mistake could bring in, must not throw.
  return document.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

const char* reload_text(ReloadState state) {
  switch (state) {
    case ReloadState::kRunning:
      return "running";
    case ReloadState::kDone:
      return "done";
    case ReloadState::kFailed:
      return "failed";
    case ReloadState::kNone:
      break;
  }
  return "none";
}

Json number_or_null(const std::optional<std::uint64_t>& number) {
  return number ? Json(*number) : Json(nullptr);
}

double seconds_of(std::chrono::microseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

Json describe_request(const scoreboard::BusyThread& busy) {
  return {{"id", busy.request_id},
          {"method", busy.method},
          {"path", busy.path},
          {"age", seconds_of(busy.age)},
          {"stage", scoreboard::stage_text(busy.stage)}};
}

Json describe_worker(const WorkerView& worker, std::uint32_t threads) {
  auto busy = worker.busy;
  std::sort(busy.begin(), busy.end(), [](const auto& a, const auto& b) { return a.age > b.age; });
  Json requests = Json::array();
  for (const auto& each : busy)
    if (requests.size() < kMostRequests) requests.push_back(describe_request(each));
  return {{"slot", worker.slot},
          {"pid", worker.pid ? Json(*worker.pid) : Json(nullptr)},
          {"generation", worker.generation},
          {"state", worker.state},
          {"uptime", seconds_of(worker.uptime)},
          {"requests_served", worker.served},
          {"rss", number_or_null(worker.memory.resident)},
          {"pss", number_or_null(worker.memory.proportional)},
          {"threads_busy", worker.busy.size()},
          {"threads", threads},
          {"in_flight", std::move(requests)}};
}

Json describe_restarts(const RestartCounts& counts) {
  Json restarts = Json::object();
  for (std::size_t i = 0; i < kRestartReasons; ++i) {
    const auto reason = static_cast<RestartReason>(i);
    restarts[std::string(figures::text_of(reason))] = counts.of(reason);
  }
  return restarts;
}

std::string status_answer(const GroupStatus& status) {
  Json workers = Json::array();
  for (const WorkerView& worker : status.workers)
    workers.push_back(describe_worker(worker, status.threads));
  return text_of({{"group", status.name},
                  {"supervisor", status.supervisor},
                  {"generation", status.facts.generation},
                  {"reload", reload_text(status.facts.reload)},
                  {"stopping", status.facts.is_stopping},
                  {"error_log", status.error_log.empty() ? Json(nullptr) : Json(status.error_log)},
                  {"workers", std::move(workers)},
                  {"restarts", describe_restarts(status.facts.restarts)}});
}

std::string reload_answer(GroupControl& group) {
  if (!group.reload()) return error_answer("the group stops");
  return text_of({{"accepted", true}, {"generation", group.status().facts.generation}});
}

std::string stacks_answer(GroupControl& group) {
  const std::vector<pid_t> asked = group.ask_for_stacks();
  const std::string log = group.status().error_log;
  return text_of({{"asked", asked},
                  {"stacks_are_in", "the error log"},
                  {"error_log", log.empty() ? Json(nullptr) : Json(log)}});
}

}  // namespace

std::string answer_request(std::string_view request, GroupControl& group) {
  if (request == "status") return status_answer(group.status());
  if (request == "reload") return reload_answer(group);
  if (request == "stacks") return stacks_answer(group);
  return error_answer("unknown request '" + printable(request) +
                      "'; there are: status, reload, stacks");
}

std::string error_answer(std::string_view reason) { return text_of({{"error", reason}}); }

}  // namespace warp::supervisor
