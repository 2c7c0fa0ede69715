// The screen of `top`.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "launcher/operate/status_text.hpp"
#include "launcher/operate/top.hpp"
#include "launcher/operate/units.hpp"

namespace warp {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::uint64_t sum_of(const GroupReport& group, std::uint64_t WorkerReport::*field) {
  return std::accumulate(
      group.workers.begin(), group.workers.end(), std::uint64_t{0},
      [field](std::uint64_t sum, const WorkerReport& worker) { return sum + worker.*field; });
}

std::uint64_t resident_of(const GroupReport& group) {
  return std::accumulate(group.workers.begin(), group.workers.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const WorkerReport& worker) {
                           return sum + worker.resident.value_or(0);
                         });
}

// Requests per second. A supervisor that was started anew counts from zero.
std::string rate_of(const GroupReport& group, const TopMoment& moment) {
  const auto before =
      std::find_if(moment.before.begin(), moment.before.end(),
                   [&](const GroupReport& each) { return each.name == group.name; });
  if (before == moment.before.end() || moment.seconds <= 0) return "-";
  const std::uint64_t now = sum_of(group, &WorkerReport::served);
  const std::uint64_t then = sum_of(*before, &WorkerReport::served);
  const std::uint64_t served = now > then ? now - then : 0;
  return fmt::format("{:.1f}", static_cast<double>(served) / moment.seconds);
}

std::string totals_of(const TopMoment& moment) {
  Rows rows = {{"GROUP", "REQUESTS/S", "BUSY", "RSS", "GENERATION", "RELOAD"}};
  for (const GroupReport& group : moment.groups)
    rows.push_back({shown(group.name), rate_of(group, moment),
                    fmt::format("{}/{}", sum_of(group, &WorkerReport::busy),
                                sum_of(group, &WorkerReport::threads)),
                    size_text(resident_of(group)), std::to_string(group.generation),
                    shown(group.reload)});
  return table_text(rows);
}

std::string workers_of(const TopMoment& moment) {
  Rows rows = {{"PID", "GROUP", "STATE", "UPTIME", "SERVED", "BUSY", "RSS"}};
  for (const GroupReport& group : moment.groups)
    for (const WorkerReport& worker : group.workers)
      rows.push_back(
          {worker.pid ? std::to_string(*worker.pid) : "-", shown(group.name), shown(worker.state),
           worker.pid ? time_text(worker.uptime) : "-", std::to_string(worker.served),
           fmt::format("{}/{}", worker.busy, worker.threads), size_text(worker.resident)});
  return table_text(rows);
}

std::string requests_of(const TopMoment& moment) {
  Rows rows = {{"AGE", "PID", "STAGE", "REQUEST"}};
  for (const auto& [group, worker, request] : requests_by_age(moment.groups))
    rows.push_back({time_text(request->age), std::to_string(worker->pid.value_or(0)),
                    shown(request->stage), shown(request->method) + " " + shown(request->path)});
  return table_text(rows);
}

}  // namespace

std::string top_text(const TopMoment& moment) {
  return "warpdrive-express top  " + shown(moment.root) + "  (q ends)\n\n" + totals_of(moment) +
         "\n" + workers_of(moment) + "\n" + requests_of(moment);
}

}  // namespace warp
