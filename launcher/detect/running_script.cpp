#include "launcher/detect/running_script.hpp"

#include "launcher/host/files.hpp"

namespace warp {
namespace {

constexpr auto kVariable = "WARPDRIVE_RUNNING_SCRIPT";

}  // namespace

void enter_script(Environment& environment, const std::string& path) {
  environment[kVariable] = resolved(path);
  for (const char* const name : {"WARPDRIVE_SERVER_TYPE", "WARPDRIVE_DEPLOY_MODE"}) {
    const std::string chosen = variable(environment, name);
    if (chosen == "shell" || chosen == "python") environment.erase(name);
  }
}

bool is_within_script(const Environment& environment, const std::string& path) {
  const std::string running = variable(environment, kVariable);
  return !running.empty() && running == resolved(path);
}

Result<> check_not_within_script(const Environment& environment, const std::string& path) {
  if (!is_within_script(environment, path)) return {};
  return fail(Errc::kInvalidSetting,
              path +
                  " is the server here, and has itself called for the server: it would be "
                  "started again, for ever. In the script say what is to be served, for "
                  "instance: warpdrive-express start-server --server-type mod_warp "
                  "package.module:callable");
}

}  // namespace warp
