#include "launcher/operate/reload.hpp"

#include <thread>

#include "base/deadline.hpp"
#include "launcher/operate/server_report.hpp"
#include "launcher/operate/units.hpp"

namespace warp {
namespace {

constexpr std::chrono::milliseconds kPause{100};

// The status after the reload's end.
Result<GroupReport> await_end(const RunningServer& server, const std::string& group,
                              Deadline deadline) {
  while (true) {
    WARP_TRY(const std::string answer, ask(server, group, "status"));
    WARP_TRY(GroupReport report, parse_group_report(answer));
    if (report.reload != "running") return report;
    if (deadline.has_passed())
      return fail(Errc::kTimeout, "group " + group +
                                      " is still reloading; `warpdrive-express status` shows how "
                                      "far it is, --time-limit waits longer");
    std::this_thread::sleep_for(kPause);
  }
}

Result<std::string> how_it_ended(const RunningServer& server, const std::string& group,
                                 Deadline deadline) {
  WARP_TRY(const GroupReport report, await_end(server, group, deadline));
  if (report.reload == "failed")
    return fail(
        Errc::kApplication,
        "group " + group +
            ": the reload failed, and what was there goes on serving; the reason is in " +
            (report.error_log.empty() ? "the server's error log" : shown(report.error_log)));
  return "Group " + group + ": generation " + std::to_string(report.generation) + " serves\n";
}

}  // namespace

Result<std::string> reload(const OperatorCommand& command, const RunningServer& server) {
  const Deadline deadline = Deadline::in(command.time_limit);
  std::vector<std::string> answers;
  std::string text;
  for (const std::string& group : server.groups) {
    WARP_TRY(const std::string answer, ask(server, group, "reload"));
    WARP_TRY(const std::uint64_t generation, parse_reload_answer(answer));
    answers.push_back(answer);
    text += "Group " + group + ": generation " + std::to_string(generation) + " is being started\n";
  }
  if (!command.waits) return command.is_json ? json_list("groups", answers) : text;
  answers.clear();
  text.clear();
  for (const std::string& group : server.groups) {
    WARP_TRY(const std::string ended, how_it_ended(server, group, deadline));
    WARP_TRY(std::string answer, ask(server, group, "status"));
    answers.push_back(std::move(answer));
    text += ended;
  }
  return command.is_json ? json_list("groups", answers) : text;
}

}  // namespace warp
