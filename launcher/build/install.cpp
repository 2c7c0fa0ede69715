#include "launcher/build/install.hpp"

#include <sys/stat.h>

#include "base/strings.hpp"
#include "launcher/detect/python.hpp"
#include "launcher/host/files.hpp"
#include "launcher/host/foreground.hpp"
#include "launcher/warpdrive/output.hpp"

namespace warp {
namespace {

constexpr auto kStep = "dependencies";

// Isolated, so that a project's own logging.py does not get into pip. kNotFound where environments
// are made without it, as uv does.
Result<Command> pip(const BuildSite& site, const std::string& action, Host& host) {
  WARP_TRY(const bool is_there, has_module(site.python.executable, "pip", host));
  if (!is_there)
    return fail(Errc::kNotFound, "the environment " + site.python.home +
                                     " has no pip; put it there: " + site.python.executable +
                                     " -m ensurepip, or uv pip install pip");
  Command command{.arguments = {site.python.executable, "-I", "-m", "pip", action,
                                "--disable-pip-version-check", "--no-input"},
                  .environment = site.workspace.variables,
                  .directory = site.workspace.source};
  if (site.has_no_index) command.arguments.emplace_back("--no-index");
  for (const std::string& folder : wheelhouses_of(site))
    command.arguments.insert(command.arguments.end(), {"--find-links", folder});
  return command;
}

void name_packages(Command& command, Dependencies dependencies) {
  if (dependencies == Dependencies::kRequirements)
    command.arguments.insert(command.arguments.end(), {"-r", "requirements.txt"});
  else
    command.arguments.emplace_back(".");
}

struct Tool {
  std::vector<std::string> arguments;  // the first is the program's name
  std::string remedy;
};

Tool tool_for(Dependencies dependencies) {
  if (dependencies == Dependencies::kUv)
    // Inexact: what else is in the environment, a server for instance, stays.
    return {{"uv", "sync", "--locked", "--no-dev", "--inexact"},
            "python3 -m pip install uv, or pipx install uv"};
  if (dependencies == Dependencies::kPoetry)
    return {{"poetry", "install", "--no-interaction", "--only", "main"},
            "pipx install poetry, or apt-get install python3-poetry"};
  return {{"pipenv", "sync"}, "pipx install pipenv, or apt-get install pipenv"};
}

Result<Command> tool_command(const BuildSite& site, Dependencies dependencies) {
  Tool tool = tool_for(dependencies);
  const std::string path = site.python.home + "/bin:" + variable(site.workspace.variables, "PATH");
  const auto program = find_program(tool.arguments.front(), path);
  if (!program)
    return fail(Errc::kNotFound, std::string(file_of(dependencies)) + " needs the program " +
                                     tool.arguments.front() +
                                     ", which is not on the PATH; get it: " + tool.remedy +
                                     "; or choose another way with --dependencies");
  tool.arguments.front() = *program;
  Command command{.arguments = std::move(tool.arguments),
                  .environment = site.workspace.variables,
                  .directory = site.workspace.source};
  // Each has its own way of being told which environment is meant.
  command.environment["VIRTUAL_ENV"] = site.python.home;
  command.environment["UV_PROJECT_ENVIRONMENT"] = site.python.home;
  command.environment["UV_PYTHON_DOWNLOADS"] = "never";
  command.environment["PIPENV_VERBOSITY"] = "-1";
  command.environment["PIPENV_NOSPIN"] = "1";
  return command;
}

Result<> run_step(const Command& command, const std::string& what, Host& host) {
  WARP_TRY(const int status, run_in_foreground(command, host.stop_signals()));
  if (status == 0) return {};
  return fail(Errc::kApplication, what + " failed with status " + std::to_string(status) +
                                      "; what " + name_of(command.arguments.front()) +
                                      " said stands above. Nothing is undone: call the build again "
                                      "when the cause is mended");
}

// An environment that was made anew has none of what was installed into the old one.
std::string identity_of(const Python& python) {
  struct stat found {};
  const std::string path = python.home + "/pyvenv.cfg";
  if (::stat(path.c_str(), &found) != 0) return python.home;
  return python.home + " " + std::to_string(found.st_mtim.tv_sec) + "." +
         std::to_string(found.st_mtim.tv_nsec);
}

std::string all_inputs(const BuildSite& site, Dependencies dependencies) {
  std::string text = identity_of(site.python) + "\n";
  text += site.has_no_index ? "without an index\n" : "";
  for (const std::string& folder : wheelhouses_of(site))
    text += folder + " " + join(names_in_directory(folder), " ") + "\n";
  return text + inputs_of(dependencies, site.workspace.source);
}

struct Server {
  std::string_view type;
  std::string_view package;
  std::string_view module;
};

constexpr Server kServers[] = {{"gunicorn", "gunicorn", "gunicorn"},
                               {"uwsgi", "uWSGI", ""},
                               {"waitress", "waitress", "waitress"}};

Result<> install_package(const BuildSite& site, std::string_view package, const std::string& what,
                         Host& host) {
  const StepTimer timer(what);
  WARP_TRY(Command command, pip(site, "install", host));
  command.arguments.emplace_back(package);
  WARP_CHECK(run_step(command, what, host));
  timer.done();
  return {};
}

Result<bool> has_server(const BuildSite& site, const Server& server, Host& host) {
  if (!server.module.empty()) return has_module(site.python.executable, server.module, host);
  const std::string path = site.python.home + "/bin:" + variable(site.workspace.variables, "PATH");
  return find_program(server.type, path).has_value();
}

}  // namespace

std::string own_wheelhouse(const BuildSite& site) { return site.state + "/wheelhouse"; }

std::vector<std::string> wheelhouses_of(const BuildSite& site) {
  std::vector<std::string> folders;
  for (const std::string& folder : {site.workspace.note("wheelhouse"), own_wheelhouse(site)})
    if (is_directory(folder)) folders.push_back(folder);
  return folders;
}

Result<Command> install_command(const BuildSite& site, Dependencies dependencies, Host& host) {
  if (dependencies != Dependencies::kRequirements && dependencies != Dependencies::kProject)
    return tool_command(site, dependencies);
  WARP_TRY(Command command, pip(site, "install", host));
  name_packages(command, dependencies);
  return command;
}

Result<> install_dependencies(const BuildSite& site, const Stamps& stamps,
                              Dependencies dependencies, Host& host) {
  if (dependencies == Dependencies::kNone) {
    print_step(
        "No packages to install: no requirements.txt, pyproject.toml, setup.py or lock file");
    return {};
  }
  const std::string what = "Installing what " + std::string(file_of(dependencies)) + " names";
  const std::string inputs = all_inputs(site, dependencies);
  if (stamps.is_current(kStep, inputs)) {
    print_step(what + ": unchanged");
    return {};
  }
  WARP_TRY(const Command command, install_command(site, dependencies, host));
  if (site.has_no_index && command.arguments.at(1) != "-I")
    host.warn("--no-index is for pip; " + name_of(command.arguments.front()) + " is not told");
  const StepTimer timer(what);
  WARP_CHECK(stamps.forget(kStep));
  WARP_CHECK(run_step(command, what, host));
  WARP_CHECK(stamps.record(kStep, inputs));
  timer.done();
  return {};
}

Result<> install_server(const BuildSite& site, const std::string& server_type, Host& host) {
  for (const Server& server : kServers) {
    if (server.type != server_type) continue;
    WARP_TRY(const bool is_there, has_server(site, server, host));
    if (is_there) return {};
    return install_package(site, server.package, "Installing the server " + server_type, host);
  }
  return {};
}

Result<> install_whitenoise(const BuildSite& site, const std::string& server_type, Host& host) {
  WARP_TRY(const bool is_there, has_module(site.python.executable, "whitenoise", host));
  if (is_there) return {};
  auto installed = install_package(
      site, "whitenoise",
      "Installing WhiteNoise, for the static files: " + server_type + " serves none", host);
  if (!installed && installed.error().code == Errc::kApplication)
    installed.error().detail +=
        ". Where a server in front of this one has the static files, do without url-alias and set "
        "DISABLE_COLLECTSTATIC=1";
  return installed;
}

Result<> make_wheels(const BuildSite& site, Dependencies dependencies, const std::string& folder,
                     Host& host) {
  if (dependencies != Dependencies::kRequirements && dependencies != Dependencies::kProject)
    return fail(Errc::kNotFound,
                "wheels are made of what requirements.txt, pyproject.toml or setup.py name, and " +
                    site.workspace.source + " goes by " +
                    (dependencies == Dependencies::kNone ? std::string("none of them")
                                                         : std::string(file_of(dependencies))));
  const std::string what =
      "Making the wheels of what " + std::string(file_of(dependencies)) + " names, in " + folder;
  const StepTimer timer(what);
  WARP_TRY(Command command, pip(site, "wheel", host));
  command.arguments.insert(command.arguments.end(), {"--wheel-dir", folder});
  name_packages(command, dependencies);
  WARP_CHECK(run_step(command, what, host));
  timer.done();
  return {};
}

}  // namespace warp
