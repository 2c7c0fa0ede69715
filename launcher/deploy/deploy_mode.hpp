// What kind of thing is started, and by which server.
#pragma once

#include <optional>
#include <string_view>

#include "launcher/project/workspace.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

enum class ServerType { kModWarp, kGunicorn, kUwsgi, kWaitress };

// kDjango, kWsgi and kPaste are served by the server type, kServer is that server with nothing but
// the arguments that the project gives it.
enum class DeployMode { kAuto, kDjango, kWsgi, kPaste, kPython, kShell, kServer };

// nullopt: no server is called so.
[[nodiscard]] std::optional<ServerType> server_type_named(std::string_view word);
// "mod_warp"
[[nodiscard]] std::string_view name_of(ServerType type);

struct Deployment {
  DeployMode mode = DeployMode::kAuto;
  ServerType server = ServerType::kModWarp;
  std::string mode_word{};  // as it was chosen: "auto"
};

// The server: --server-type, $WARPDRIVE_SERVER_TYPE, .warpdrive/server_type, server-type of
// warpdrive.toml; else mod_warp. mod_wsgi and auto mean mod_warp, and so do those that are deploy
// modes. The mode: --deploy-mode, $WARPDRIVE_DEPLOY_MODE, .warpdrive/deploy_mode; else auto. The
// name of a server is a mode of its own. For auto, the server types paste, python and shell are
// those modes.
[[nodiscard]] Result<Deployment> chosen_deployment(const Arguments& arguments,
                                                   const Workspace& workspace,
                                                   const Settings& settings);

// By another server that is told of the application here: warpdrive can put something around it.
[[nodiscard]] bool is_wrapped(const Deployment& deployment);

// By httpd and mod_warp, as far as this tells: auto may still turn out to be a script.
[[nodiscard]] bool is_served_by_us(const Deployment& deployment);

}  // namespace warp
