#include "launcher/plan/default_root.hpp"

#include "launcher/host/files.hpp"

namespace warp {

std::string default_server_root(const Settings& settings, const Host& host) {
  std::string base = variable(host.environment(), "TMPDIR");
  if (base.empty()) base = "/tmp";
  const std::string name = settings.host.empty() || settings.host == "*" ? "all" : settings.host;
  return absolute("warpdrive-" + name + ":" + std::to_string(settings.port) + ":" +
                      std::to_string(host.current_user().uid),
                  absolute(base, host.current_directory()));
}

}  // namespace warp
