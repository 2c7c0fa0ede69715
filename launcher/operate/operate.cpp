#include "launcher/operate/operate.hpp"

#include "base/strings.hpp"
#include "launcher/operate/probe.hpp"
#include "launcher/operate/reload.hpp"
#include "launcher/operate/running_server.hpp"
#include "launcher/operate/server_report.hpp"
#include "launcher/operate/status_text.hpp"
#include "launcher/operate/stop.hpp"
#include "launcher/operate/top.hpp"
#include "launcher/operate/units.hpp"
#include "launcher/plan/default_root.hpp"
#include "launcher/run/management_client.hpp"
#include "launcher/settings/read_settings.hpp"

namespace warp {
namespace {

using Action = OperatorCommand::Action;

Result<Settings> named_in(const std::vector<Given>& given) {
  Settings named;
  for (const Given& each : given) WARP_CHECK(each.option->store(named, each));
  return named;
}

// A root that is named needs no project, whose settings may be broken by now.
Result<std::string> find_root(const std::vector<Given>& given, Host& host) {
  WARP_TRY(const Settings named, named_in(given));
  if (!named.server_root.empty()) return named.server_root;
  WARP_TRY(const Settings settings, read_settings(given, host));
  return settings.server_root.empty() ? default_server_root(settings, host) : settings.server_root;
}

Result<std::vector<std::string>> ask_all(const RunningServer& server, std::string_view request) {
  std::vector<std::string> answers;
  for (const std::string& group : server.groups) {
    WARP_TRY(std::string answer, ask(server, group, request));
    answers.push_back(std::move(answer));
  }
  return answers;
}

Result<> check_has_groups(const RunningServer& server) {
  if (!server.groups.empty()) return {};
  return fail(Errc::kNotFound, "the server on " + server.root + " (launcher " +
                                   std::to_string(server.launcher.value_or(0)) +
                                   ") has no control socket; it is being started, or its error "
                                   "log says why there is none");
}

Result<std::string> status(const OperatorCommand& command, const RunningServer& server) {
  WARP_TRY(const std::vector<std::string> answers, ask_all(server, "status"));
  std::vector<GroupReport> reports;
  for (const std::string& answer : answers) {
    WARP_TRY(GroupReport report, parse_group_report(answer));
    reports.push_back(std::move(report));
  }
  if (command.is_json) return json_list("groups", answers);
  return status_text(reports);
}

Result<std::string> ask_pages(const OperatorCommand& command, const std::vector<Given>& given,
                              Host& host) {
  WARP_TRY(const Settings named, named_in(given));
  const std::string address = named_management_address(named);
  if (!address.empty()) return probe(command, address);
  WARP_TRY(const std::string root, find_root(given, host));
  WARP_TRY(const std::string of_server, management_address(root));
  return probe(command, of_server);
}

Result<std::string> stacks(const OperatorCommand& command, const RunningServer& server) {
  WARP_TRY(const std::vector<std::string> answers, ask_all(server, "stacks"));
  std::string text;
  bool is_any_asked = false;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    WARP_TRY(const StacksAnswer answer, parse_stacks_answer(answers[i]));
    is_any_asked = is_any_asked || !answer.asked.empty();
    std::vector<std::string> pids;
    for (const std::uint64_t pid : answer.asked) pids.push_back(std::to_string(pid));
    const std::string log =
        answer.error_log.empty() ? "the server's error log" : shown(answer.error_log);
    text += "Group " + shown(server.groups[i]) + ": " +
            (pids.empty()
                 ? "no worker that could be asked\n"
                 : "asked workers " + join(pids, ", ") + "; their stacks are in " + log + "\n");
  }
  if (!is_any_asked)
    return fail(Errc::kOverloaded,
                "no worker can write its stacks now; they are only being started, see status");
  return command.is_json ? json_list("groups", answers) : text;
}

}  // namespace

Result<std::string> operate(const OperatorCommand& command, const std::vector<Given>& given,
                            Host& host) {
  if (command.action == Action::kProbe) return ask_pages(command, given, host);
  WARP_TRY(const std::string root, find_root(given, host));
  WARP_TRY(const RunningServer server, find_running_server(root, command.group));
  if (command.action == Action::kStop) return stop_server(command, server);
  WARP_CHECK(check_has_groups(server));
  switch (command.action) {
    case Action::kReload:
      return reload(command, server);
    case Action::kStacks:
      return stacks(command, server);
    case Action::kTop:
      return run_top(command, server);
    case Action::kStatus:
    case Action::kStop:
    case Action::kProbe:
      break;
  }
  return status(command, server);
}

}  // namespace warp
