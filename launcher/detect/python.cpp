#include "launcher/detect/python.hpp"

#include <algorithm>
#include <filesystem>

#include "launcher/host/files.hpp"

namespace warp {
namespace {

constexpr auto kSystemPrefix = "/usr";
constexpr auto kIsInstalled =
    "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)";

struct Home {
  std::string path;
  std::string named_by;
};

// A folder that has nothing of an environment is somebody's package that happens to be called venv.
bool resembles_environment(const std::string& directory) {
  std::error_code error;
  return is_file(directory + "/pyvenv.cfg") ||
         std::filesystem::exists(std::filesystem::symlink_status(directory + "/bin/python", error));
}

std::optional<Home> find_home(const Settings& settings, const Environment& environment,
                              const std::string& outer_directory) {
  if (!settings.python_home.empty()) return Home{settings.python_home, "--python-home"};
  if (std::string active = variable(environment, "VIRTUAL_ENV"); !active.empty())
    return Home{std::move(active), "VIRTUAL_ENV"};
  for (const std::string& directory : {settings.project_directory, outer_directory}) {
    if (directory.empty()) continue;
    for (const char* const name : {".venv", "venv"}) {
      std::string path = directory + "/" + name;
      if (resembles_environment(path))
        return Home{std::move(path), "the project's " + std::string(name)};
    }
  }
  return std::nullopt;
}

Error named(Error error, const Home& home) {
  error.detail = home.named_by + ": " + error.detail;
  return error;
}

Result<Python> python_in(const Home& home, const std::string& libexec_directory) {
  if (!is_directory(home.path))
    return fail(Errc::kNotFound, home.named_by + ": " + home.path +
                                     ": no such folder; create it with: python3 -m venv " +
                                     home.path + ", or leave it out");
  const auto version = python_version_of(home.path);
  if (!version) return tl::unexpected(named(version.error(), home));
  const auto executable = python_executable_of(home.path);
  if (!executable) return tl::unexpected(named(executable.error(), home));
  if (const auto worker = worker_program(libexec_directory, *version); !worker)
    return tl::unexpected(named(worker.error(), {home.path, home.named_by + " " + home.path}));
  return Python{home.path, *executable, *version};
}

}  // namespace

Result<Python> find_python(const Settings& settings, const Environment& environment,
                           const std::string& libexec_directory,
                           const std::string& outer_directory) {
  if (const auto home = find_home(settings, environment, outer_directory))
    return python_in(*home, libexec_directory);
  const std::vector<PythonVersion> versions = worker_versions(libexec_directory);
  if (versions.empty())
    return fail(Errc::kPythonVersion, "no worker program warp-worker-X.Y in " + libexec_directory +
                                          "; the installation is incomplete, install it anew");
  // As mod_warp chooses for a group without python-home.
  const auto preferred = python_version_of(kSystemPrefix);
  const bool has_preferred =
      preferred && std::find(versions.begin(), versions.end(), *preferred) != versions.end();
  const PythonVersion version = has_preferred ? *preferred : versions.back();
  const std::string program = "python" + to_string(version);
  const auto executable =
      find_program(program, "/usr/bin:/usr/local/bin:" + variable(environment, "PATH"));
  return Python{{}, executable.value_or(""), version};
}

Result<bool> has_module(const std::string& executable, std::string_view name, Host& host) {
  const Command ask{.arguments = {executable, "-I", "-c", kIsInstalled, std::string(name)},
                    .environment = host.environment(),
                    .directory = "/"};
  WARP_TRY(const Finished finished, host.run(ask));
  return finished.status == 0;
}

}  // namespace warp
