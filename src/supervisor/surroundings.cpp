#include "supervisor/surroundings.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace warp::supervisor {
namespace {

std::string user_text(const wire::GroupConfig& config) {
  if (!config.user_name.empty()) return "user " + config.user_name;
  return "uid " + std::to_string(::geteuid());
}

tl::unexpected<Error> unusable(const wire::GroupConfig& config, const std::string& what,
                               const char* remedy) {
  const int reason = errno;
  const Errc code = reason == EACCES ? Errc::kNoPermission : Errc::kNotFound;
  return fail(code, "WarpDaemonProcess " + config.name + ": " + what + " as " + user_text(config) +
                        ": " + std::strerror(reason) + "; " + remedy);
}

}  // namespace

std::string working_directory(const wire::GroupConfig& config) {
  if (!config.home.empty()) return config.home;
  if (config.target_kind == wire::TargetKind::kModule) return "/";
  const std::size_t slash = config.target.rfind('/');
  return slash == std::string::npos || slash == 0 ? "/" : config.target.substr(0, slash);
}

Result<> enter_surroundings(const wire::GroupConfig& config) {
  ::umask(static_cast<mode_t>(config.umask));
  const std::string directory = working_directory(config);
  if (::chdir(directory.c_str()) != 0)
    return unusable(config, "can't enter the working directory " + directory,
                    "let that user read and search it and the folders above, or set home= or "
                    "user= differently");
  const bool is_script = config.target_kind == wire::TargetKind::kScript;
  // One that is missing may still come: the worker answers 500 until it does.
  if (is_script && ::faccessat(AT_FDCWD, config.target.c_str(), R_OK, AT_EACCESS) != 0 &&
      errno == EACCES)
    return unusable(config, "can't read " + config.target,
                    "let that user read it and search the folders above, or set user= to one who "
                    "can");
  return {};
}

}  // namespace warp::supervisor
