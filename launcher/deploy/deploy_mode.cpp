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

// start-server knows these as server types, too.
constexpr std::array<std::string_view, 3> kTypesThatAreModes = {"paste", "python", "shell"};
constexpr std::string_view kAuto = "auto";

template <typename Value, std::size_t size>
std::optional<Value> find(const std::array<std::pair<std::string_view, Value>, size>& table,
                          std::string_view word) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const auto& entry) { return entry.first == word; });
  return found == table.end() ? std::nullopt : std::optional(found->second);
}

bool is_mode(std::string_view type) {
  return std::find(kTypesThatAreModes.begin(), kTypesThatAreModes.end(), type) !=
         kTypesThatAreModes.end();
}

// The settings have it of the variable or of the file, and the variable has been asked before.
Result<std::string> chosen_type(const Arguments& arguments, const Workspace& workspace,
                                const Settings& settings) {
  WARP_TRY(std::string word,
           chosen({"server-type", "WARPDRIVE_SERVER_TYPE", "server_type"}, arguments, workspace));
  if (word.empty()) word = settings.server_type;
  if (word.empty() || is_mode(word) || find(kServers, word)) return word;
  return fail(Errc::kInvalidSetting,
              "server type: '" + printable(word) +
                  "' is none of auto, mod_warp, gunicorn, uwsgi, waitress, paste, python, shell");
}

ServerType server_of(std::string_view type) {
  return find(kServers, type).value_or(ServerType::kModWarp);
}

}  // namespace

std::optional<ServerType> server_type_named(std::string_view word) { return find(kServers, word); }

std::string_view name_of(ServerType type) {
  return std::find_if(kServers.begin(), kServers.end(),
                      [&](const auto& entry) { return entry.second == type; })
      ->first;
}

Result<Deployment> chosen_deployment(const Arguments& arguments, const Workspace& workspace,
                                     const Settings& settings) {
  Deployment deployment;
  WARP_TRY(const std::string type, chosen_type(arguments, workspace, settings));
  deployment.server = server_of(type);
  WARP_TRY(deployment.mode_word,
           chosen({"deploy-mode", "WARPDRIVE_DEPLOY_MODE", "deploy_mode"}, arguments, workspace));
  if (deployment.mode_word.empty()) deployment.mode_word = kAuto;
  if (deployment.mode_word == kAuto && is_mode(type)) deployment.mode_word = type;
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

bool is_wrapped(const Deployment& deployment) {
  return deployment.server != ServerType::kModWarp &&
         (deployment.mode == DeployMode::kAuto || deployment.mode == DeployMode::kDjango ||
          deployment.mode == DeployMode::kWsgi);
}

bool is_served_by_us(const Deployment& deployment) {
  return deployment.server == ServerType::kModWarp && deployment.mode != DeployMode::kPython &&
         deployment.mode != DeployMode::kShell;
}

}  // namespace warp
