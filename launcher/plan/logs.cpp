#include "launcher/plan/logs.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "base/strings.hpp"
#include "base/unique_fd.hpp"
#include "launcher/host/files.hpp"
#include "launcher/plan/httpd.hpp"

namespace warp {
namespace {

// A socket can't be opened by its name in /proc, nor a terminal of another user; a pipe to cat
// always can.
std::string terminal_log(const char* device) {
  const UniqueFd fd(::open(device, O_WRONLY | O_APPEND | O_NOCTTY | O_CLOEXEC));
  return fd ? device : "|/bin/cat";
}

Result<> check_log_directory(const Settings& settings) {
  const std::string& directory = settings.log_directory;
  if (directory.empty() || settings.log_to_terminal) return {};
  if (!is_directory(directory))
    return fail(Errc::kNotFound, "--log-directory " + directory + ": no such folder");
  if (::access(directory.c_str(), W_OK | X_OK) != 0)
    return fail(Errc::kNoPermission,
                "--log-directory " + directory + ": this user may not write there");
  return {};
}

// rotatelogs takes % for the parts of a date; httpd splits its command by quotes and backslashes.
Result<> check_for_command(const std::string& path) {
  if (path.find_first_of("%'\"\\") == std::string::npos) return {};
  return fail(Errc::kInvalidSetting,
              "--rotate-logs and --log-format json: the path " + printable(path) +
                  " can't have a per cent sign, quote or backslash; choose another "
                  "--log-directory");
}

Result<Rotation> plan_rotation(const Settings& settings, const Environment& environment) {
  Rotation rotation{.executable = settings.rotatelogs_executable, .size = settings.max_log_size};
  if (rotation.executable.empty()) {
    const std::string path = variable(environment, "PATH") + ":" + std::string(kSystemPrograms);
    const auto found = find_program("rotatelogs", path);
    if (!found)
      return fail(Errc::kNotFound,
                  "--rotate-logs: no program rotatelogs on " + path +
                      "; install it (Debian: apt-get install apache2-utils), or name it with "
                      "--rotatelogs-executable");
    rotation.executable = *found;
  } else if (!is_executable(rotation.executable)) {
    return fail(Errc::kNotFound,
                "--rotatelogs-executable " + printable(rotation.executable) + ": no such program");
  }
  WARP_CHECK(check_for_command(rotation.executable));
  return rotation;
}

}  // namespace

Result<Logs> plan_logs(const Settings& settings, const std::string& server_root,
                       const Installation& installation, const Environment& environment) {
  WARP_CHECK(check_log_directory(settings));
  const std::string directory =
      settings.log_directory.empty() ? server_root : settings.log_directory;
  Logs logs{.error_log = directory + "/" + settings.error_log_name,
            .access_log = directory + "/" + settings.access_log_name,
            .level = log_level_arguments(settings.log_level)};
  if (settings.log_format == "json")
    logs.json_program = installation.libexec_directory + "/warp-json-log";
  if (settings.rotate_logs || !logs.json_program.empty())
    for (const std::string& path : {logs.error_log, logs.access_log, logs.json_program})
      WARP_CHECK(check_for_command(path));
  if (settings.rotate_logs) {
    WARP_TRY(logs.rotation, plan_rotation(settings, environment));
  }
  if (settings.log_to_terminal) {
    // httpd's standard error becomes its error log, so what that is piped through can't use it.
    logs.error_log = logs.json_program.empty() ? terminal_log("/dev/stderr") : kStandardOutput;
    logs.access_log = terminal_log("/dev/stdout");
  }
  if (!settings.access_log) logs.access_log.clear();
  return logs;
}

std::string log_level_arguments(const std::string& level) {
  return level == "warn" || level == "notice" ? level + " warp:info" : level;
}

}  // namespace warp
