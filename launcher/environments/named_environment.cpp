#include "launcher/environments/named_environment.hpp"

#include <climits>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

constexpr std::size_t kLongestName = 100;

tl::unexpected<Error> refuse(std::string_view name, const std::string& why) {
  return fail(Errc::kInvalidSetting, "'" + printable(name) + "' can't name an environment: " + why);
}

Result<> check_name(std::string_view name) {
  if (name.empty() || trim(name) != name)
    return refuse(name, "it is empty or has white space at an end");
  if (name.size() > kLongestName) return refuse(name, "it is longer than 100 bytes");
  if (name.front() == '.' || name.front() == '-') return refuse(name, "it begins with . or -");
  if (name.find_first_of("/:") != std::string_view::npos)
    return refuse(name, "it has a / or a :, which a folder on the PATH can't have");
  if (printable(name) != name) return refuse(name, "it has control characters");
  return {};
}

}  // namespace

Result<std::string> environments_directory(const Environment& environment) {
  std::string named = variable(environment, "WARPDRIVE_VIRTUALENVS");
  const std::string home = variable(environment, "HOME");
  if (named.empty() && home.empty())
    return fail(Errc::kNotFound,
                "environments are kept in ~/.warpdrive, and HOME is not set; set HOME, or "
                "WARPDRIVE_VIRTUALENVS to the folder that is meant");
  std::string directory = named.empty() ? home + "/.warpdrive" : std::move(named);
  if (!directory.starts_with("/"))
    return fail(Errc::kInvalidSetting, "WARPDRIVE_VIRTUALENVS: " + printable(directory) +
                                           " does not start with /; write the whole path");
  if (directory.find(':') != std::string::npos || printable(directory) != directory)
    return fail(Errc::kInvalidSetting,
                printable(directory) +
                    ": a folder on the PATH can't have a colon or a control character in its "
                    "name; set WARPDRIVE_VIRTUALENVS to another folder");
  return absolute(directory, "/");
}

Result<NamedEnvironment> environment_named(const Environment& environment, std::string_view name) {
  WARP_CHECK(check_name(name));
  WARP_TRY(const std::string directory, environments_directory(environment));
  return NamedEnvironment{std::string(name), directory + "/" + std::string(name)};
}

Result<std::vector<NamedEnvironment>> all_environments(const Environment& environment) {
  WARP_TRY(const std::string directory, environments_directory(environment));
  std::vector<NamedEnvironment> found;
  for (const std::string& name : names_in_directory(directory)) {
    NamedEnvironment each{name, directory + "/" + name};
    if (is_complete(each)) found.push_back(std::move(each));
  }
  return found;
}

std::optional<NamedEnvironment> active_environment(const Environment& environment) {
  const std::string root = variable(environment, "WARPDRIVE_APP_ROOT");
  if (root.empty()) return std::nullopt;
  NamedEnvironment active{variable(environment, "WARPDRIVE_ENVIRONMENT"), root};
  if (active.name.empty() || variable(environment, "VIRTUAL_ENV") != active.home())
    return std::nullopt;
  return active;
}

bool is_complete(const NamedEnvironment& environment) {
  return is_file(environment.project_file()) && is_file(environment.home() + "/pyvenv.cfg");
}

std::string project_of(const NamedEnvironment& environment) {
  const auto text = read_text(environment.project_file(), PATH_MAX);
  return text ? std::string(*text) : std::string();
}

Result<> record_project(const NamedEnvironment& environment, const std::string& folder) {
  return write_atomically(environment.project_file(), folder, 0644);
}

}  // namespace warp
