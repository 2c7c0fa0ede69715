#include "launcher/deploy/deploy_mode.hpp"

#include <algorithm>
#include <array>

#include "base/strings.hpp"

namespace warp {
namespace {

constexpr std::array<std::pair<std::string_view, ServerType>, 6> kServers = {{
    {"mod_warp", ServerType::kModWarp},
    {"mod_wsgi", ServerType::kModWarp},
    {"auto", ServerType::kModWarp},
    {"gunicorn", ServerType::kGunicorn},
    {"uwsgi", ServerType::kUwsgi},
    {"waitress", ServerType::kWaitress},
}};

constexpr std::array<std::pair<std::string_view, DeployMode>, 6> kModes = {{
    {"auto", DeployMode::kAuto},
    {"django", DeployMode::kDjango},
    {"wsgi", DeployMode::kWsgi},
    {"paste", DeployMode::kPaste},
    {"python", DeployMode::kPython},
    {"shell", DeployMode::kShell},
}};

template <typename Value, std::size_t size>
std::optional<Value> find(const std::array<std::pair<std::string_view, Value>, size>& table,
                          std::string_view word) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const auto& entry) { return entry.first == word; });
  return found == table.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

std::optional<ServerType> server_type_named(std::string_view word) { return find(kServers, word); }

std::string_view name_of(ServerType type) {
  return std::find_if(kServers.begin(), kServers.end(),
                      [&](const auto& entry) { return entry.second == type; })
      ->first;
}

Result<ServerType> chosen_server_type(const Arguments& arguments, const Workspace& workspace) {
  WARP_TRY(const std::string word,
           chosen({"server-type", "WARPDRIVE_SERVER_TYPE", "server_type"}, arguments, workspace));
  if (word.empty()) return ServerType::kModWarp;
  if (const auto type = find(kServers, word)) return *type;
  return fail(Errc::kInvalidSetting,
              "server type: '" + printable(word) +
                  "' is none of auto, mod_warp, gunicorn, uwsgi, waitress; a script of your own is "
                  "started by the deploy modes python and shell");
}

Result<Deployment> chosen_deployment(const Arguments& arguments, const Workspace& workspace) {
  Deployment deployment;
  WARP_TRY(deployment.server, chosen_server_type(arguments, workspace));
  WARP_TRY(deployment.mode_word,
           chosen({"deploy-mode", "WARPDRIVE_DEPLOY_MODE", "deploy_mode"}, arguments, workspace));
  if (deployment.mode_word.empty()) deployment.mode_word = "auto";
  if (const auto mode = find(kModes, deployment.mode_word)) {
    deployment.mode = *mode;
  } else if (const auto server = find(kServers, deployment.mode_word)) {
    deployment.mode = DeployMode::kServer;
    deployment.server = *server;
  } else {
    return fail(Errc::kInvalidSetting,
                "deploy mode: '" + printable(deployment.mode_word) +
                    "' is none of auto, django, wsgi, paste, mod_warp, gunicorn, uwsgi, waitress, "
                    "python, shell");
  }
  return deployment;
}

}  // namespace warp
