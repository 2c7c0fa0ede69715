#include "launcher/detect/python_script.hpp"

#include "base/strings.hpp"
#include "launcher/host/become.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

constexpr std::size_t kShownLines = 12;

Environment environment_for(const Host& host, const Project& project,
                            const std::string& settings_module) {
  Environment environment = host.environment();
  if (!settings_module.empty()) environment["DJANGO_SETTINGS_MODULE"] = settings_module;
  environment["PYTHONIOENCODING"] = "utf-8:backslashreplace";
  // A virtual environment's bin/python finds its own; these would mislead it.
  environment.erase("PYTHONHOME");
  if (host.current_user().uid == 0) name_account(environment, project.user);
  return environment;
}

// The frames of Python's own import machinery say nothing to the reader.
std::string last_words(std::string_view output) {
  std::string lines;
  for (const std::string_view line : split(output, '\n'))
    if (line.find("<frozen importlib") == std::string_view::npos) lines.append(line).append("\n");
  return last_lines(lines, kShownLines);
}

std::string remedy_for(const std::string& output, const Python& python) {
  if (output.find("No module named 'django'") == std::string::npos) return {};
  const std::string which = python.home.empty() ? "the system's Python" : python.home;
  return "\nDjango is not installed for " + which +
         "; install it there, or name the project's virtual environment with --python-home";
}

}  // namespace

const std::string& working_directory_of(const Project& project) {
  return project.working_directory.empty() ? project.directory : project.working_directory;
}

std::vector<std::string> python_path_of(const Settings& settings, const Project& project) {
  std::vector<std::string> path = project.import_path;
  if (path.empty()) path.push_back(project.directory);
  path.insert(path.end(), settings.python_path.begin(), settings.python_path.end());
  return path;
}

Result<std::string> run_python_script(Host& host, const Project& project,
                                      const PythonScript& script) {
  const Python& python = project.python;
  if (python.executable.empty())
    return fail(Errc::kNotFound, "cannot " + script.purpose + ": no program python" +
                                     to_string(python.version) +
                                     " on the PATH; install it or name --python-home");
  Command command{.arguments = {python.executable},
                  .environment = environment_for(host, project, script.settings_module),
                  .directory = working_directory_of(project),
                  .time_limit = script.time_limit};
  if (script.sees == PythonScript::Sees::kStandardLibrary) {
    for (const char* const flag : {"-I", "-S", "-X", "utf8"}) command.arguments.emplace_back(flag);
  }
  command.arguments.emplace_back("-c");
  command.arguments.emplace_back(script.text);
  command.arguments.insert(command.arguments.end(), script.arguments.begin(),
                           script.arguments.end());
  if (host.current_user().uid != project.user.uid) command.user = project.user;
  WARP_TRY(Finished finished, host.run(command));
  if (finished.timed_out)
    return fail(Errc::kTimeout, "cannot " + script.purpose + ": " + python.executable +
                                    " did not end within " +
                                    std::to_string(script.time_limit.count()) +
                                    " s; look for what waits when the project is imported\n" +
                                    last_words(finished.output));
  if (finished.status != 0)
    return fail(Errc::kPython, "cannot " + script.purpose + " (" + python.executable + " in " +
                                   working_directory_of(project) + "); Python says:\n" +
                                   last_words(finished.output) +
                                   remedy_for(finished.output, python));
  return std::move(finished.answer);
}

}  // namespace warp
