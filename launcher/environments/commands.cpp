#include "launcher/environments/commands.hpp"

#include <filesystem>

#include "base/python_home.hpp"
#include "base/strings.hpp"
#include "launcher/environments/activation.hpp"
#include "launcher/environments/make_environment.hpp"
#include "launcher/host/files.hpp"
#include "launcher/warpdrive/output.hpp"

namespace warp {
namespace {

std::string version_text(const NamedEnvironment& environment) {
  const auto version = python_version_of(environment.home());
  return version ? "Python " + to_string(*version) : std::string("no Python");
}

// A new environment belongs to the folder in which it was made, unless nobody keeps a project
// there.
std::string project_for_new(const Host& host) {
  std::string folder = host.current_directory();
  return folder == "/" || folder == variable(host.environment(), "HOME") ? "" : std::move(folder);
}

Result<> check_same_python(const NamedEnvironment& environment, const Arguments& arguments,
                           Host& host) {
  const std::string named = arguments.value_of("python");
  if (named.empty()) return {};
  WARP_TRY(const std::string python, find_named_python(named, host));
  const Command ask{.arguments = {python, "-c",
                                  "import os, sys; os.write(3, ('%d.%d' % sys.version_info[:2])"
                                  ".encode())"},
                    .environment = host.environment(),
                    .directory = "/"};
  WARP_TRY(const Finished finished, host.run(ask));
  WARP_TRY(const PythonVersion wanted, parse_python_version(finished.answer));
  WARP_TRY(const PythonVersion present, python_version_of(environment.home()));
  if (wanted == present) return {};
  return fail(Errc::kInvalidSetting,
              "the environment " + environment.name + " has Python " + to_string(present) +
                  ", and --python names Python " + to_string(wanted) +
                  "; remove it first: warpdrive destroy NAME, or choose another name");
}

Result<NamedEnvironment> need_active(const Host& host) {
  if (auto active = active_environment(host.environment())) return *active;
  return fail(Errc::kNotFound,
              "no environment of warpdrive is active; enter one: eval \"$(warpdrive activate "
              "NAME)\"");
}

}  // namespace

Result<int> activate(const Arguments& arguments, Host& host) {
  WARP_TRY(const Shell shell, find_shell(arguments.value_of("shell"), host.environment()));
  WARP_TRY(const NamedEnvironment environment,
           environment_named(host.environment(), arguments.words.front()));
  if (is_complete(environment)) {
    WARP_CHECK(check_same_python(environment, arguments, host));
  } else {
    print_note("making the environment " + environment.name + " in " + environment.root);
    WARP_CHECK(make_environment({.environment = environment,
                                 .python = arguments.value_of("python"),
                                 .has_system_packages = arguments.has("system-site-packages"),
                                 .project = project_for_new(host)},
                                host));
    const std::string folder = project_of(environment);
    print_note(version_text(environment) + (folder.empty() ? "" : "; its project is " + folder));
  }
  print(activation_code(shell, environment, project_of(environment)));
  return 0;
}

Result<int> deactivate(const Arguments& arguments, Host& host) {
  WARP_TRY(const Shell shell, find_shell(arguments.value_of("shell"), host.environment()));
  WARP_CHECK(need_active(host));
  print(deactivation_code(shell, host.environment()));
  return 0;
}

Result<int> destroy(const Arguments& arguments, Host& host) {
  WARP_TRY(const NamedEnvironment environment,
           environment_named(host.environment(), arguments.words.front()));
  if (!is_file(environment.home() + "/pyvenv.cfg"))
    return fail(Errc::kNotFound, "there is no environment " + environment.root +
                                     "; warpdrive list shows those that there are");
  if (variable(host.environment(), "VIRTUAL_ENV") == environment.home())
    return fail(Errc::kInvalidSetting,
                "the environment " + environment.name +
                    " is active; leave it first: eval \"$(warpdrive deactivate)\"");
  std::error_code error;
  // A link would be removed and what it names kept; nobody makes one but by hand.
  std::filesystem::remove_all(environment.root, error);
  if (error) return fail_errno("remove " + environment.root, error.value());
  print("removed " + environment.root + "\n");
  return 0;
}

Result<int> project(const Arguments& arguments, Host& host) {
  WARP_TRY(const Shell shell, find_shell(arguments.value_of("shell"), host.environment()));
  WARP_TRY(const NamedEnvironment environment, need_active(host));
  if (arguments.has("create")) {
    const std::string folder = host.current_directory();
    WARP_CHECK(record_project(environment, folder));
    print_note("the project of " + environment.name + " is " + folder);
    print(assignment(shell, "WARPDRIVE_SRC_ROOT", folder));
    return 0;
  }
  const std::string folder = project_of(environment);
  if (folder.empty())
    return fail(Errc::kNotFound, "the environment " + environment.name +
                                     " has no project; go to the project's folder and call: eval "
                                     "\"$(warpdrive project --create)\"");
  print("cd -- " + quoted_for(shell, folder) + ";\n");
  return 0;
}

Result<int> list_environments(const Arguments& /*arguments*/, Host& host) {
  WARP_TRY(const auto environments, all_environments(host.environment()));
  const auto active = active_environment(host.environment());
  for (const NamedEnvironment& each : environments) {
    const std::string folder = project_of(each);
    print(std::string(active && active->root == each.root ? "* " : "  ") + each.name + "  " +
          version_text(each) + (folder.empty() ? "" : "  " + printable(folder)) + "\n");
  }
  if (environments.empty())
    print_note("there is no environment yet; make one: eval \"$(warpdrive activate NAME)\"");
  return 0;
}

}  // namespace warp
