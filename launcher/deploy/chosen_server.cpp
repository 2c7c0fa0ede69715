#include "launcher/deploy/chosen_server.hpp"

#include <array>

#include "launcher/deploy/server_command.hpp"
#include "launcher/deploy/static_wrapper.hpp"
#include "launcher/detect/application_user.hpp"
#include "launcher/detect/python.hpp"
#include "launcher/detect/python_script.hpp"
#include "launcher/detect/running_script.hpp"
#include "launcher/host/become.hpp"
#include "launcher/settings/entry.hpp"

namespace warp {
namespace {

constexpr std::string_view kOption = "--server-type ";

Command command_of(std::vector<std::string> words, const Settings& settings,
                   const std::string& directory, const Account& user, const Host& host) {
  Command command{
      .arguments = std::move(words), .environment = host.environment(), .directory = directory};
  tell_address(command.environment, settings);
  command.environment.try_emplace("PYTHONUNBUFFERED", "1");
  if (host.current_user().uid == user.uid) return command;
  name_account(command.environment, user);
  command.user = user;
  return command;
}

Result<std::string> script_of(const Settings& settings, const char* usual) {
  WARP_TRY(const Entry entry, read_entry(settings, settings.project_directory));
  if (entry.kind == Entry::Kind::kScript) return entry.target;
  return settings.project_directory + "/" + usual;
}

// The script's command, unless the script has called for it.
Result<std::optional<Command>> entering(const std::string& script, Command command) {
  WARP_CHECK(check_not_within_script(command.environment, script));
  enter_script(command.environment, script);
  return command;
}

Result<std::optional<Command>> command_for_script(const Application& application,
                                                  const Settings& settings, const Project& project,
                                                  const Host& host) {
  std::vector<std::string> interpreter;
  if (application.kind == ApplicationKind::kPythonScript)
    interpreter.push_back(project.python.executable);
  WARP_TRY(std::vector<std::string> words,
           script_command(application.target, interpreter, application.origin));
  return entering(
      application.target,
      command_of(std::move(words), settings, working_directory_of(project), project.user, host));
}

Result<std::optional<Command>> command_for(ServerType type, const Settings& settings,
                                           const Project& project, const Installation& installation,
                                           Host& host) {
  ServerRequest request{.server = type,
                        .home = working_directory_of(project),
                        .python = project.python.executable,
                        .environment = project.python.home,
                        .host = settings.host,
                        .port = std::to_string(settings.port)};
  if (type == ServerType::kUwsgi) {
    WARP_TRY(request.program, find_uwsgi(project.python.home, host.environment()));
  }
  WARP_TRY(const auto wrapper,
           wrap_for_static_files({.settings = settings,
                                  .project = project,
                                  .python_directory = installation.python_directory,
                                  .home = request.home},
                                 host));
  if (project.application.kind == ApplicationKind::kPaste)
    request.paste_file = project.application.target;
  else
    request.application = wrapper ? wrapper->application : project.application;
  WARP_TRY(std::vector<std::string> words, server_command(request));
  Command command = command_of(std::move(words), settings, request.home, project.user, host);
  if (wrapper)
    for (const auto& [name, value] : wrapper->variables) command.environment[name] = value;
  return command;
}

struct HttpdOption {
  const char* name;
  bool is_wanted;
  const char* remedy;
};

}  // namespace

void tell_address(Environment& environment, const Settings& settings) {
  environment["PORT"] = std::to_string(settings.port);
  if (!settings.host.empty()) environment["HOST"] = settings.host;
}

Result<> check_for_other_server(const Settings& said, const std::string& server) {
  const std::array options = {
      HttpdOption{"https-port", said.https_port > 0, "let a proxy in front of it speak TLS"},
      HttpdOption{"debug-mode", said.debug_mode, "start that server under the debugger yourself"},
      HttpdOption{"setenv", !said.setenv.empty(), "set the variables where start-server starts"},
      HttpdOption{"service-script", !said.service_scripts.empty(),
                  "give each service a unit of systemd's, or a container"}};
  for (const HttpdOption& option : options)
    if (option.is_wanted)
      return fail(Errc::kInvalidSetting,
                  origin_of(said, option.name) + ": only httpd has " + option.name +
                      ", and this project has another server (" + server + "); leave it out and " +
                      option.remedy + ", or name an application and --server-type mod_warp");
  return {};
}

Result<std::optional<Command>> script_server(const Settings& settings,
                                             const Installation& installation, Host& host) {
  const bool is_python = settings.server_type == "python";
  if (!is_python && settings.server_type != "shell") return std::nullopt;
  WARP_TRY(const Account user, find_application_user(settings, host));
  WARP_TRY(const std::string path, script_of(settings, is_python ? "app.py" : "app.sh"));
  std::vector<std::string> interpreter;
  if (is_python) {
    WARP_TRY(const Python python,
             find_python(settings, host.environment(), installation.libexec_directory));
    interpreter.push_back(python.executable);
  }
  WARP_TRY(std::vector<std::string> words,
           script_command(path, interpreter, std::string(kOption) + settings.server_type));
  return entering(path,
                  command_of(std::move(words), settings, settings.project_directory, user, host));
}

Result<std::optional<Command>> other_server(const Settings& settings, const Project& project,
                                            const Installation& installation, Host& host) {
  const std::string& type = settings.server_type;
  const Application& application = project.application;
  if (type.empty() || type == "auto") {
    if (!is_server_script(application)) return std::nullopt;
    return command_for_script(application, settings, project, host);
  }
  if (type == "paste" && application.kind != ApplicationKind::kPaste)
    return fail(Errc::kInvalidSetting, std::string(kOption) + "paste: the project is " +
                                           application.target +
                                           ", no deployment file of Paste; name one");
  const auto named = server_type_named(type);
  if (!named || *named == ServerType::kModWarp) return std::nullopt;
  if (is_server_script(application))
    return fail(Errc::kInvalidSetting,
                std::string(kOption) + type + ": the project is " + application.target +
                    ", a script that is a server of its own; name a WSGI application instead");
  return command_for(*named, settings, project, installation, host);
}

}  // namespace warp
