// `top`: the status again every second, with rates.
#pragma once

#include <string>
#include <vector>

#include "launcher/operate/operator_command.hpp"
#include "launcher/operate/running_server.hpp"
#include "launcher/operate/server_report.hpp"

namespace warp {

// Until the user leaves. With is_json a line each second instead of a screen, until a signal.
[[nodiscard]] Result<std::string> run_top(const OperatorCommand& command,
                                          const RunningServer& server);

struct TopMoment {
  std::string root{};
  std::vector<GroupReport> groups{};
  std::vector<GroupReport> before{};  // at the last time; empty at first
  double seconds = 0;                 // since then
};
// Rates, then the workers of each group, then the requests in flight.
[[nodiscard]] std::string top_text(const TopMoment& moment);

}  // namespace warp
