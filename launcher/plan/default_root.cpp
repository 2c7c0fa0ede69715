#include "launcher/plan/default_root.hpp"

#include <unistd.h>

#include "launcher/host/files.hpp"

namespace warp {
namespace {

bool can_be_written(const std::string& directory) {
  return ::access(directory.c_str(), W_OK | X_OK) == 0;
}

// A container with a read-only root file system has shared memory all the same. When nothing can be
// written, the error had better name the usual place.
std::string base_for_roots(const Host& host) {
  const std::string asked = variable(host.environment(), "TMPDIR");
  std::string usual = absolute(asked.empty() ? "/tmp" : asked, host.current_directory());
  for (const std::string& directory : {usual, std::string("/tmp"), std::string("/dev/shm")})
    if (can_be_written(directory)) return directory;
  return usual;
}

}  // namespace

std::string default_server_root(const Settings& settings, const Host& host) {
  const std::string name = settings.host.empty() || settings.host == "*" ? "all" : settings.host;
  return absolute("warpdrive-" + name + ":" + std::to_string(settings.port) + ":" +
                      std::to_string(host.current_user().uid),
                  base_for_roots(host));
}

}  // namespace warp
