#include "launcher/deploy/tasks.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/deadline.hpp"
#include "base/strings.hpp"
#include "base/unique_fd.hpp"
#include "launcher/deploy/deployed_environment.hpp"
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
constexpr const char* kManagementPort = "WARPDRIVE_MANAGEMENT_PORT";

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
  return run_in_foreground(command);
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

// True when something accepts a connection on this machine's port.
bool accepts_connections(std::uint16_t port, Deadline deadline) {
  const UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) return false;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  void* const generic = &address;
  if (::connect(socket.get(), static_cast<const sockaddr*>(generic), sizeof address) == 0)
    return true;
  if (errno != EINPROGRESS) return false;
  pollfd wait{socket.get(), POLLOUT, 0};
  int error = 0;
  socklen_t size = sizeof error;
  return ::poll(&wait, 1, deadline.poll_timeout()) == 1 &&
         ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
}

Result<std::uint16_t> port_in(const Workspace& workspace, const char* name,
                              const std::string& otherwise) {
  const std::string written = variable(workspace.variables, name);
  const auto number = parse_unsigned(written.empty() ? otherwise : written);
  if (number && *number >= 1 && *number <= 65535) return static_cast<std::uint16_t>(*number);
  return fail(Errc::kInvalidSetting,
              std::string(name) + ": '" + printable(written) + "' is not a number from 1 to 65535");
}

// What the server's management pages say. kNotFound when it has none, as other servers than
// warpdrive-express.
Result<> ask_management(const Workspace& workspace, Question question) {
  if (variable(workspace.variables, kManagementPort).empty()) return fail(Errc::kNotFound, "");
  Settings named{.management_host = variable(workspace.variables, "WARPDRIVE_MANAGEMENT_HOST")};
  WARP_TRY(named.management_port, port_in(workspace, kManagementPort, ""));
  WARP_CHECK(probe({.question = question, .time_limit = kLongestConnect},
                   named_management_address(named)));
  return {};
}

Result<> await_connection(const Workspace& workspace) {
  WARP_TRY(const std::uint16_t port, port_in(workspace, "PORT", "8000"));
  if (accepts_connections(port, Deadline::in(kLongestConnect))) return {};
  return fail(Errc::kApplication, "nothing accepts connections on port " + std::to_string(port) +
                                      " of this machine; PORT names another");
}

Result<int> probe_project(const char* name, Question question, Host& host) {
  WARP_TRY(const Workspace workspace, open_deployed(host));
  WorkspaceHost there(host, workspace);
  if (!find_hook(workspace, name, there).empty()) {
    WARP_CHECK(run_hook(workspace, name, there));
    return 0;
  }
  const auto asked = ask_management(workspace, question);
  if (asked) return 0;
  if (asked.error().code != Errc::kNotFound) return tl::unexpected(asked.error());
  WARP_CHECK(await_connection(workspace));
  return 0;
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
