#include "launcher/operate/status_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "launcher/operate/units.hpp"

namespace warp {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string head_of(const GroupReport& group) {
  std::string text = fmt::format("Group {}: generation {}, supervisor {}", shown(group.name),
                                 group.generation, group.supervisor);
  if (group.reload == "running") text += ", reloading";
  if (group.reload == "failed") text += ", the last reload failed";
  if (group.is_stopping) text += ", stopping";
  return text + "\n";
}

std::string workers_of(const GroupReport& group) {
  Rows rows = {{"SLOT", "PID", "GENERATION", "STATE", "UPTIME", "SERVED", "BUSY", "RSS", "PSS"}};
  for (const WorkerReport& worker : group.workers)
    rows.push_back({std::to_string(worker.slot), worker.pid ? std::to_string(*worker.pid) : "-",
                    std::to_string(worker.generation), shown(worker.state),
                    worker.pid ? time_text(worker.uptime) : "-", std::to_string(worker.served),
                    fmt::format("{}/{}", worker.busy, worker.threads), size_text(worker.resident),
                    size_text(worker.proportional)});
  return table_text(rows);
}

std::string restarts_of(const GroupReport& group) {
  std::string text;
  for (const auto& [reason, count] : group.restarts)
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", shown(reason), count);
  return "Restarts: " + (text.empty() ? std::string("none") : text) + "\n";
}

std::string requests_of(const std::vector<GroupReport>& groups) {
  Rows rows = {{"AGE", "GROUP", "PID", "ID", "STAGE", "REQUEST"}};
  for (const auto& [group, worker, request] : requests_by_age(groups))
    rows.push_back({time_text(request->age), shown(group->name),
                    std::to_string(worker->pid.value_or(0)), std::to_string(request->id),
                    shown(request->stage), shown(request->method) + " " + shown(request->path)});
  if (rows.size() == 1) return "No requests in flight.\n";
  return "Requests in flight, the oldest first:\n" + table_text(rows);
}

}  // namespace

std::string status_text(const std::vector<GroupReport>& groups) {
  std::string text;
  for (const GroupReport& group : groups)
    text += head_of(group) + workers_of(group) + restarts_of(group) + "\n";
  return text + requests_of(groups);
}

std::vector<PlacedRequest> requests_by_age(const std::vector<GroupReport>& groups) {
  std::vector<PlacedRequest> requests;
  for (const GroupReport& group : groups)
    for (const WorkerReport& worker : group.workers)
      for (const RequestReport& request : worker.in_flight)
        requests.push_back({&group, &worker, &request});
  std::stable_sort(requests.begin(), requests.end(),
                   [](const PlacedRequest& a, const PlacedRequest& b) {
                     return a.request->age > b.request->age;
                   });
  return requests;
}

std::string table_text(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i + 1 < row.size(); ++i)
      text += fmt::format("{:<{}}  ", row[i], widths[i]);
    text += row.back() + "\n";
  }
  return text;
}

}  // namespace warp
