#include "launcher/environments/make_environment.hpp"

#include <cctype>
#include <filesystem>

#include "base/python_home.hpp"
#include "base/strings.hpp"
#include "launcher/detect/python.hpp"
#include "launcher/host/files.hpp"
#include "launcher/plan/installation.hpp"

namespace warp {
namespace {

constexpr std::chrono::seconds kLongestMaking{300};
constexpr std::size_t kShownLines = 10;

// The Python that a project without an environment would get.
Result<std::string> default_python(const Host& host, const Installation& installation) {
  Environment without_home = host.environment();
  without_home.erase("VIRTUAL_ENV");
  Settings settings;
  settings.project_directory = "/nonexistent";
  WARP_TRY(const Python python,
           find_python(settings, without_home, installation.libexec_directory));
  if (!python.executable.empty()) return python.executable;
  return fail(Errc::kNotFound, "no program python" + to_string(python.version) +
                                   " on the PATH; install it, or name another with --python");
}

Result<> make_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return fail_errno("mkdir " + path, error.value());
  return {};
}

Result<> run_venv(const NewEnvironment& wanted, const std::string& python, Host& host) {
  const std::string home = wanted.environment.home();
  Command command{.arguments = {python, "-m", "venv", "--clear"},
                  .environment = host.environment(),
                  .directory = "/",
                  .time_limit = kLongestMaking};
  // The shell's own environment would mislead the other Python.
  for (const char* const name : {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"})
    command.environment.erase(name);
  if (wanted.has_system_packages) command.arguments.emplace_back("--system-site-packages");
  command.arguments.push_back(home);
  WARP_TRY(const Finished finished, host.run(command));
  if (finished.status == 0 && !finished.timed_out) return {};
  return fail(Errc::kPython, "make the virtual environment " + home + " with " + python +
                                 (finished.timed_out ? ": it took too long" : ": it failed") +
                                 "; Python says:\n" + last_lines(finished.output, kShownLines));
}

void warn_without_worker(const NamedEnvironment& environment, const Installation& installation,
                         Host& host) {
  const auto version = python_version_of(environment.home());
  if (!version) return;
  if (const auto worker = worker_program(installation.libexec_directory, *version); !worker)
    host.warn("mod_warp can't serve from this environment, other servers can: " +
              worker.error().detail);
}

}  // namespace

Result<std::string> find_named_python(const std::string& named, const Host& host) {
  if (named.find('/') != std::string::npos) {
    std::string path = absolute(named, host.current_directory());
    if (is_executable(path)) return path;
    return fail(Errc::kNotFound, "--python: " + printable(path) + " is no executable file");
  }
  const bool is_version = !named.empty() && std::isdigit(static_cast<unsigned char>(named[0])) != 0;
  const std::string name = is_version ? "python" + named : named;
  if (auto path = find_program(name, variable(host.environment(), "PATH"))) return *path;
  return fail(Errc::kNotFound, "--python: no program " + printable(name) +
                                   " on the PATH; install that Python, or give its path");
}

Result<> make_environment(const NewEnvironment& wanted, Host& host) {
  WARP_TRY(const Installation installation, find_installation());
  WARP_TRY(const std::string python, wanted.python.empty()
                                         ? default_python(host, installation)
                                         : find_named_python(wanted.python, host));
  WARP_CHECK(make_folder(wanted.environment.root));
  WARP_CHECK(run_venv(wanted, python, host));
  warn_without_worker(wanted.environment, installation, host);
  return record_project(wanted.environment, wanted.project);
}

}  // namespace warp
