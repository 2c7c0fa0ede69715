#include "launcher/deploy/tasks.hpp"

#include "base/deadline.hpp"
#include "base/strings.hpp"
#include "launcher/deploy/deployed_environment.hpp"
#include "launcher/deploy/reachable.hpp"
#include "launcher/deploy/server_line.hpp"
#include "launcher/detect/django.hpp"
#include "launcher/detect/python.hpp"
#include "launcher/host/foreground.hpp"
#include "launcher/operate/probe.hpp"
#include "launcher/plan/installation.hpp"
#include "launcher/project/hooks.hpp"
#include "launcher/settings/read_settings.hpp"
#include "launcher/warpdrive/output.hpp"

namespace warp {
namespace {

using Question = OperatorCommand::Question;

constexpr std::chrono::seconds kLongestConnect{5};

struct Task {
  const char* name;
  std::vector<std::string> django{};  // arguments of manage.py; empty: Django has no such thing
};

Result<int> run_manage_py(const Workspace& workspace, const Task& task, Host& host) {
  WARP_TRY(const Settings settings, read_settings({}, host));
  WARP_TRY(const Installation installation, find_installation());
  WARP_TRY(const Python python,
           find_python(settings, workspace.variables, installation.libexec_directory));
  Command command{.arguments = {python.executable, "manage.py"},
                  .environment = workspace.variables,
                  .directory = settings.project_directory};
  command.arguments.insert(command.arguments.end(), task.django.begin(), task.django.end());
  print_step("Running manage.py " + join(task.django, " "));
  return run_in_foreground(command, host.stop_signals());
}

Result<int> run_task(const Task& task, Host& host) {
  WARP_TRY(const Workspace workspace, open_deployed(host));
  WorkspaceHost there(host, workspace);
  if (!find_hook(workspace, task.name, there).empty()) {
    WARP_CHECK(run_hook(workspace, task.name, there));
    return 0;
  }
  if (!task.django.empty() && is_django_project(workspace.home))
    return run_manage_py(workspace, task, there);
  print_step("Nothing to do: there is no hook " +
             workspace.note("action_hooks/" + std::string(task.name)));
  return 0;
}

// What the server's management pages say. kNotFound when it has none, as other servers than
// warpdrive-express.
Result<> ask_management(const Settings& settings, Question question) {
  const std::string address = named_management_address(settings);
  if (address.empty()) return fail(Errc::kNotFound, "");
  WARP_CHECK(probe({.question = question, .time_limit = kLongestConnect}, address));
  return {};
}

// The same as the server goes by, so that both speak of one address. Arguments that can't be read
// are those of a script that is the server; one of ours would not run with them.
Result<Settings> settings_of_server(const Workspace& workspace, Host& host) {
  WARP_TRY(Settings said, read_settings({}, host));
  const auto line = read_server_line(workspace, said);
  if (!line || !line->problems.empty()) return said;
  return read_settings(line->given, host);
}

Result<int> probe_project(const char* name, Question question, Host& host) {
  WARP_TRY(const Workspace workspace, open_deployed(host));
  WorkspaceHost there(host, workspace);
  if (!find_hook(workspace, name, there).empty()) {
    WARP_CHECK(run_hook(workspace, name, there));
    return 0;
  }
  WARP_TRY(const Settings settings, settings_of_server(workspace, there));
  const auto asked = ask_management(settings, question);
  if (asked) return 0;
  if (asked.error().code != Errc::kNotFound) return tl::unexpected(asked.error());
  if (accepts_connections(settings.host, settings.port, Deadline::in(kLongestConnect))) return 0;
  return fail(Errc::kApplication,
              "nothing accepts connections on port " + std::to_string(settings.port) + " of " +
                  (settings.host.empty() ? "this machine" : settings.host) +
                  "; PORT, or WARPDRIVE_PORT and WARPDRIVE_HOST, or port and host in "
                  "warpdrive.toml, name another");
}

}  // namespace

Result<int> set_up_project(const Arguments& /*arguments*/, Host& host) {
  return run_task({.name = "setup"}, host);
}

Result<int> migrate(const Arguments& /*arguments*/, Host& host) {
  return run_task({.name = "migrate", .django = {"migrate", "--noinput"}}, host);
}

Result<int> verify(const Arguments& /*arguments*/, Host& host) {
  return run_task({.name = "verify", .django = {"check", "--deploy"}}, host);
}

Result<int> check_alive(const Arguments& /*arguments*/, Host& host) {
  return probe_project("alive", Question::kLive, host);
}

Result<int> check_ready(const Arguments& /*arguments*/, Host& host) {
  return probe_project("ready", Question::kReady, host);
}

}  // namespace warp
