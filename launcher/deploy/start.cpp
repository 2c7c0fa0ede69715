#include "launcher/deploy/start.hpp"

#include <unistd.h>

#include <filesystem>

#include "base/strings.hpp"
#include "launcher/build/stamps.hpp"
#include "launcher/build/static_step.hpp"
#include "launcher/deploy/chosen_server.hpp"
#include "launcher/deploy/deployed_environment.hpp"
#include "launcher/deploy/server_arguments.hpp"
#include "launcher/deploy/server_command.hpp"
#include "launcher/deploy/static_wrapper.hpp"
#include "launcher/detect/detect_project.hpp"
#include "launcher/detect/django.hpp"
#include "launcher/detect/python.hpp"
#include "launcher/detect/running_script.hpp"
#include "launcher/host/files.hpp"
#include "launcher/host/foreground.hpp"
#include "launcher/plan/installation.hpp"
#include "launcher/project/hooks.hpp"
#include "launcher/settings/read_settings.hpp"
#include "launcher/warpdrive/output.hpp"

namespace warp {
namespace {

constexpr auto kShellScript = "app.sh";
constexpr auto kPythonScript = "app.py";
constexpr auto kConfigured = "deploy-cfg";
constexpr std::size_t kLargestHook = 16UL * 1024 * 1024;

struct Site {
  Workspace workspace{};
  Settings settings{};
  Installation installation{};
  Python python{};
  Deployment deployment{};
};

// Once for an environment, and again when the hook has changed.
Result<> run_configuration_hook(const Site& site, Host& host) {
  const std::string path = find_hook(site.workspace, kConfigured, host);
  if (path.empty()) return {};
  const Stamps stamps(state_folder(site.workspace, site.python.home), Rerun::kChanged);
  WARP_TRY(const std::string text, read_text(path, kLargestHook));
  if (stamps.is_current(kConfigured, text)) return {};
  WARP_CHECK(run_hook(site.workspace, kConfigured, host));
  if (auto recorded = stamps.record(kConfigured, text); !recorded)
    host.warn("the hook deploy-cfg will run at the next start, too: " + recorded.error().detail);
  return {};
}

Result<std::vector<std::string>> script_of(Site& site, const char* name,
                                           std::vector<std::string> interpreter) {
  const std::string path = site.workspace.home + "/" + name;
  WARP_CHECK(check_not_within_script(site.workspace.variables, path));
  enter_script(site.workspace.variables, path);
  return script_command(path, std::move(interpreter), "deploy mode " + site.deployment.mode_word);
}

Result<std::string> find_paste_file(const std::string& home) {
  for (const char* const name : {"paste.ini", "production.ini"})
    if (is_file(home + "/" + name)) return home + "/" + name;
  return fail(Errc::kNotFound,
              "deploy mode paste: there is no paste.ini and no production.ini in " + home);
}

Result<std::string> program_of(const Site& site) {
  if (site.deployment.server == ServerType::kUwsgi)
    return find_uwsgi(site.python.home, site.workspace.variables);
  std::error_code error;
  const std::string self = std::filesystem::read_symlink("/proc/self/exe", error).string();
  if (error) return fail_errno("readlink /proc/self/exe", error.value());
  return parent_of(self) + "/warpdrive-express";
}

// The project's own URLs go along, for the flag replaces what other sources say.
void add_collected_files(const Site& site, std::vector<std::string>& arguments) {
  const auto collected = read_collected(state_folder(site.workspace, site.python.home));
  if (!collected) return;
  for (const auto& [url, path] : site.settings.url_aliases)
    arguments.insert(arguments.end(), {"--url-alias", url, path});
  arguments.insert(arguments.end(), {"--url-alias", collected->url, collected->folder});
}

// What another server is told to serve: the application, or what also serves its static files.
Result<Application> served_application(Site& site, Host& host) {
  WARP_TRY(const Project project,
           detect_project(site.settings, host, site.installation.libexec_directory));
  WrapperRequest request{.settings = site.settings,
                         .project = project,
                         .python_directory = site.installation.python_directory,
                         .home = site.workspace.home};
  if (const auto collected = read_collected(state_folder(site.workspace, site.python.home)))
    request.settings.url_aliases.emplace_back(collected->url, collected->folder);
  WARP_TRY(const auto wrapper, wrap_for_static_files(request, host));
  if (!wrapper) return project.application;
  print_detail("static files are served by WhiteNoise, around " + project.application.target);
  for (const auto& [name, value] : wrapper->variables) site.workspace.variables[name] = value;
  return wrapper->application;
}

// Without the project's and the user's own arguments.
Result<ServerRequest> request_for(Site& site, Host& host) {
  ServerRequest request{.server = site.deployment.server,
                        .home = site.workspace.home,
                        .python = site.python.executable,
                        .environment = site.python.home,
                        .host = site.settings.host,
                        .port = std::to_string(site.settings.port)};
  WARP_TRY(request.program, program_of(site));
  const bool is_ours = request.server == ServerType::kModWarp;
  if (is_ours && site.deployment.mode != DeployMode::kServer)
    add_collected_files(site, request.arguments);
  if (site.deployment.mode == DeployMode::kDjango && !is_django_project(site.workspace.home))
    return fail(Errc::kNotFound, "deploy mode " + site.deployment.mode_word + ": " +
                                     site.workspace.home + " has no manage.py of Django's");
  if (site.deployment.mode == DeployMode::kPaste) {
    WARP_TRY(request.paste_file, find_paste_file(site.workspace.home));
  } else if (!is_ours && site.deployment.mode != DeployMode::kServer) {
    WARP_TRY(request.application, served_application(site, host));
  }
  return request;
}

DeployMode mode_of(const Project& project) {
  switch (project.application.kind) {
    case ApplicationKind::kShellScript:
      return DeployMode::kShell;
    case ApplicationKind::kPythonScript:
      return DeployMode::kPython;
    case ApplicationKind::kPaste:
      return DeployMode::kPaste;
    case ApplicationKind::kWsgi:
      break;
  }
  return project.django ? DeployMode::kDjango : DeployMode::kWsgi;
}

// What auto stands for. An app.sh is there for nothing else; an app.py may be a part of a project
// that warpdrive-express knows, so that is asked first.
Result<DeployMode> settled_mode(const Site& site, Host& host) {
  if (site.deployment.mode != DeployMode::kAuto) return site.deployment.mode;
  const std::string& home = site.workspace.home;
  const std::string script = home + "/" + kShellScript;
  if (is_executable(script) && !is_within_script(site.workspace.variables, script))
    return DeployMode::kShell;
  const auto project = detect_project(site.settings, host, site.installation.libexec_directory);
  if (project) return mode_of(*project);
  if (project.error().code != Errc::kNotFound) return tl::unexpected(project.error());
  if (is_file(home + "/" + kPythonScript)) return DeployMode::kPython;
  if (find_paste_file(home)) return DeployMode::kPaste;
  return tl::unexpected(project.error());
}

std::vector<std::string> joined(std::vector<std::string> words,
                                const std::vector<std::string>& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// Both ways with the same command around them.
Result<ServerArguments> in_server_command(const ServerRequest& request,
                                          const ServerArguments& arguments) {
  ServerArguments command;
  ServerRequest full = request;
  full.arguments = joined(request.arguments, arguments.words);
  WARP_TRY(command.words, server_command(full));
  full.arguments = joined(request.arguments, arguments.written);
  WARP_TRY(command.written, server_command(full));
  return command;
}

ServerArguments after_script(const std::vector<std::string>& script,
                             const ServerArguments& arguments) {
  return {.words = joined(script, arguments.words), .written = joined(script, arguments.written)};
}

Result<ServerArguments> command_for(Site& site, const Arguments& arguments, Host& host) {
  WARP_TRY(site.deployment.mode, settled_mode(site, host));
  WARP_TRY(ServerArguments more,
           read_server_arguments(site.workspace.note("server_args"), site.workspace.variables));
  more = {joined(more.words, arguments.rest), joined(more.written, arguments.rest)};
  std::string script = "start-" + std::string(name_of(site.deployment.server));
  ServerArguments command;
  if (site.deployment.mode == DeployMode::kShell) {
    WARP_TRY(const auto words, script_of(site, kShellScript, {}));
    command = after_script(words, more);
    script = kShellScript;
  } else if (site.deployment.mode == DeployMode::kPython) {
    WARP_TRY(const auto words, script_of(site, kPythonScript, {site.python.executable}));
    command = after_script(words, more);
    script = kPythonScript;
  } else {
    WARP_TRY(const ServerRequest request, request_for(site, host));
    WARP_TRY(command, in_server_command(request, more));
  }
  print_step("Running server script " + script);
  return command;
}

}  // namespace

Result<int> start(const Arguments& arguments, Host& host) {
  Site site;
  WARP_TRY(site.workspace, open_deployed(host));
  WorkspaceHost there(host, site.workspace);
  WARP_TRY(site.settings, read_settings({}, there));
  WARP_TRY(site.deployment, chosen_deployment(arguments, site.workspace, site.settings));
  WARP_TRY(site.installation, find_installation());
  WARP_TRY(site.python, find_python(site.settings, site.workspace.variables,
                                    site.installation.libexec_directory));
  // So that a script of the project's own finds it, too.
  site.workspace.variables["PORT"] = std::to_string(site.settings.port);
  print_step("Configuring for deployment type of '" + printable(site.deployment.mode_word) + "'");
  print_step("Default server type is '" + std::string(name_of(site.deployment.server)) + "'");
  WARP_CHECK(run_configuration_hook(site, there));
  WARP_CHECK(run_hook(site.workspace, "deploy", there));
  WARP_TRY(const ServerArguments line, command_for(site, arguments, there));
  print_step("Executing server command '" + shown_command(line.words, line.written) + "'");
  Command command{.arguments = line.words,
                  .environment = site.workspace.variables,
                  .directory = site.workspace.home};
  command.environment.try_emplace("PYTHONUNBUFFERED", "1");
  if (site.deployment.mode == DeployMode::kShell || site.deployment.mode == DeployMode::kPython)
    tell_address(command.environment, site.settings);
  return tl::unexpected(replace_process(command, host.stop_signals()));
}

}  // namespace warp
