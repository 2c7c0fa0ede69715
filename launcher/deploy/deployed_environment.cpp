#include "launcher/deploy/deployed_environment.hpp"

#include "base/strings.hpp"
#include "launcher/environments/activation.hpp"
#include "launcher/environments/profile.hpp"
#include "launcher/host/files.hpp"
#include "launcher/host/foreground.hpp"
#include "launcher/project/hooks.hpp"
#include "launcher/warpdrive/output.hpp"

namespace warp {
namespace {

// As from a shell that has entered the environment.
Result<Workspace> open_entered(const Arguments& arguments, Host& host) {
  const std::string name = arguments.value_of("environment");
  if (name.empty()) return open_deployed(host);
  Workspace entered{.home = host.current_directory(), .variables = host.environment()};
  WARP_TRY(const NamedEnvironment environment, environment_named(host.environment(), name));
  if (!is_complete(environment))
    return fail(Errc::kNotFound, "there is no environment " + environment.root +
                                     "; warpdrive list shows those that there are");
  enter(entered.variables, environment, project_of(environment));
  WorkspaceHost there(host, entered);
  return open_deployed(there);
}

Result<std::string> program_path(const std::string& name, const Environment& variables,
                                 const std::string& directory) {
  if (name.find('/') != std::string::npos) return absolute(name, directory);
  if (auto path = find_program(name, variable(variables, "PATH"))) return *path;
  return fail(Errc::kNotFound, "no program " + printable(name) + " on the PATH");
}

Result<std::string> users_shell(const Environment& variables) {
  std::string shell = variable(variables, "SHELL");
  if (shell.empty() || !is_executable(shell)) shell = "/bin/bash";
  if (is_executable(shell)) return shell;
  return fail(Errc::kNotFound, "no shell: SHELL names none, and there is no /bin/bash");
}

}  // namespace

Result<Workspace> open_deployed(Host& host) {
  WARP_TRY(Workspace workspace, open_workspace(host));
  WARP_CHECK(add_variables_of_hook(workspace, "deploy-env", host));
  return workspace;
}

Result<int> print_environment(const Arguments& arguments, Host& host) {
  WARP_TRY(const Workspace workspace, open_entered(arguments, host));
  for (const auto& [name, value] : workspace.variables) {
    const auto before = host.environment().find(name);
    if (before == host.environment().end() || before->second != value)
      print(name + "=" + quoted_for(Shell::kBash, value) + "\n");
  }
  return 0;
}

Result<int> exec_command(const Arguments& arguments, Host& host) {
  if (arguments.rest.empty())
    return fail(Errc::kUsage, "exec: needs a command; see warpdrive exec --help");
  WARP_TRY(const Workspace workspace, open_entered(arguments, host));
  Command command{.arguments = arguments.rest,
                  .environment = workspace.variables,
                  .directory = host.current_directory()};
  WARP_TRY(command.arguments.front(),
           program_path(arguments.rest.front(), workspace.variables, host.current_directory()));
  return tl::unexpected(replace_process(command, host.stop_signals()));
}

Result<int> open_shell(const Arguments& arguments, Host& host) {
  WARP_TRY(const Workspace workspace, open_entered(arguments, host));
  WARP_TRY(const std::string shell, users_shell(workspace.variables));
  Command command{.arguments = {shell},
                  .environment = workspace.variables,
                  .directory = host.current_directory()};
  const auto environment = active_environment(workspace.variables);
  // bash's own start-up file may set PATH and prompt; the environment comes after it.
  if (environment && is_complete(*environment) && name_of(shell) == "bash") {
    WARP_TRY(const std::string rcfile, write_rcfile(Shell::kBash, *environment));
    command.arguments.insert(command.arguments.end(), {"--rcfile", rcfile, "-i"});
  }
  return tl::unexpected(replace_process(command, host.stop_signals()));
}

}  // namespace warp
