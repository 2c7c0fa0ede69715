#include "base/python_home.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>

#include "base/strings.hpp"

namespace warp {
namespace {

constexpr std::string_view kWorkerPrefix = "warp-worker-";

// Directory listings that can't be read count as empty: the caller's error then says what is
// missing.
std::vector<std::string> names_in(const std::string& directory, std::string_view prefix) {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.starts_with(prefix)) names.push_back(name.substr(prefix.size()));
  }
  return names;
}

std::optional<PythonVersion> version_in_pyvenv_cfg(const std::string& home) {
  std::ifstream file(home + "/pyvenv.cfg");
  for (std::string line; std::getline(file, line);) {
    const std::vector<std::string_view> parts = split(line, '=');
    if (parts.size() != 2) continue;
    const std::string_view key = trim(parts[0]);
    if (key != "version" && key != "version_info") continue;
    if (const auto version = parse_python_version(trim(parts[1]))) return *version;
  }
  return std::nullopt;
}

std::vector<PythonVersion> versions_in(const std::string& directory, std::string_view prefix) {
  std::vector<PythonVersion> versions;
  for (const std::string& name : names_in(directory, prefix))
    if (const auto version = parse_python_version(name)) versions.push_back(*version);
  std::sort(versions.begin(), versions.end());
  return versions;
}

}  // namespace

Result<PythonVersion> parse_python_version(std::string_view text) {
  const std::vector<std::string_view> parts = split(text, '.');
  if (parts.size() >= 2) {
    const auto major_number = parse_unsigned(parts[0]);
    const auto minor_number = parse_unsigned(parts[1]);
    if (major_number && minor_number && *major_number < 100 && *minor_number < 1000)
      return PythonVersion{static_cast<unsigned>(*major_number),
                           static_cast<unsigned>(*minor_number)};
  }
  return fail(Errc::kInvalidSetting,
              "'" + printable(text) + "' is not a Python version such as 3.11");
}

std::string to_string(PythonVersion version) {
  return std::to_string(version.major_number) + "." + std::to_string(version.minor_number);
}

Result<PythonVersion> python_version_of(const std::string& home) {
  if (const auto version = version_in_pyvenv_cfg(home)) return *version;
  const std::vector<PythonVersion> versions = versions_in(home + "/lib", "python");
  if (!versions.empty()) return versions.back();
  return fail(Errc::kNotFound,
              home +
                  " is no Python environment: it has neither a pyvenv.cfg with a version nor a "
                  "lib/pythonX.Y; create one with: python3 -m venv " +
                  home);
}

Result<std::string> python_executable_of(const std::string& home) {
  for (const std::string_view name : {"/bin/python", "/bin/python3"}) {
    std::string path = home + std::string(name);
    if (::access(path.c_str(), X_OK) == 0) return path;
  }
  if (const auto version = python_version_of(home)) {
    std::string path = home + "/bin/python" + to_string(*version);
    if (::access(path.c_str(), X_OK) == 0) return path;
  }
  return fail(Errc::kNotFound, home +
                                   " has no executable bin/python or bin/python3; create the "
                                   "environment anew with: python3 -m venv --clear " +
                                   home);
}

std::vector<PythonVersion> worker_versions(const std::string& libexec_directory) {
  return versions_in(libexec_directory, kWorkerPrefix);
}

Result<std::string> worker_program(const std::string& libexec_directory, PythonVersion version) {
  std::string path = libexec_directory + "/" + std::string(kWorkerPrefix) + to_string(version);
  if (::access(path.c_str(), X_OK) == 0) return path;
  std::string have;
  for (const PythonVersion other : worker_versions(libexec_directory))
    have += (have.empty() ? "" : ", ") + to_string(other);
  return fail(Errc::kPythonVersion,
              "no worker program for Python " + to_string(version) + " in " + libexec_directory +
                  " (there: " + (have.empty() ? "none" : have) +
                  "); use an environment of one of these, or build warpdrive with "
                  "-DWARP_PYTHONS=/path/to/python" +
                  to_string(version));
}

}  // namespace warp
