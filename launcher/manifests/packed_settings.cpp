#include "launcher/manifests/packed_settings.hpp"

#include "launcher/deploy/deploy_mode.hpp"
#include "launcher/deploy/server_line.hpp"
#include "launcher/detect/detect_project.hpp"
#include "launcher/detect/django.hpp"
#include "launcher/host/files.hpp"
#include "launcher/plan/installation.hpp"
#include "launcher/settings/read_settings.hpp"

namespace warp {
namespace {

constexpr std::uint16_t kImagePort = 8080;

// A machine whose shell has set nothing.
class BareHost final : public ForwardingHost {
 public:
  BareHost(Host& host, const std::string& source) : ForwardingHost(host) {
    variables_["WARPDRIVE_SRC_ROOT"] = source;
  }
  [[nodiscard]] const Environment& environment() const override { return variables_; }

 private:
  Environment variables_;
};

Result<ServedBy> find_server(const PackedSettings& packed, const Workspace& here, Host& host) {
  WARP_TRY(const Deployment deployment, chosen_deployment({}, packed.workspace));
  const DeployMode mode = deployment.mode;
  if (deployment.server != ServerType::kModWarp || mode == DeployMode::kPython ||
      mode == DeployMode::kShell)
    return ServedBy::kOther;
  const std::string& home = packed.workspace.home;
  if (mode != DeployMode::kAuto) return ServedBy::kHttpd;
  if (is_executable(home + "/app.sh")) return ServedBy::kOther;
  if (is_django_project(home)) return ServedBy::kHttpd;
  WARP_TRY(const Installation installation, find_installation());
  WorkspaceHost there(host, here);
  const auto project = detect_project(packed.settings, there, installation.libexec_directory);
  const bool is_script =
      project ? project->application.kind != ApplicationKind::kWsgi : is_file(home + "/app.py");
  return is_script ? ServedBy::kOther : ServedBy::kHttpd;
}

// As `warpdrive start` decides in the image, where PORT is set to the usual one.
std::uint16_t port_of(const Settings& settings, const std::vector<Given>& given,
                      const Environment& variables) {
  for (const Given& each : given)
    if (each.option->name == "port") return settings.port;
  return variables.contains("WARPDRIVE_PORT") ? settings.port : kImagePort;
}

}  // namespace

Result<PackedSettings> read_packed_settings(const Workspace& here, Host& host) {
  PackedSettings packed;
  BareHost bare(host, here.source);
  WARP_TRY(packed.workspace, open_workspace(bare));
  WorkspaceHost there(bare, packed.workspace);
  WARP_TRY(const CommandLine line, read_server_line(packed.workspace));
  WARP_TRY(packed.settings, read_settings(line.given, there, line.problems));
  packed.port = port_of(packed.settings, line.given, packed.workspace.variables);
  WARP_TRY(packed.served_by, find_server(packed, here, host));
  return packed;
}

}  // namespace warp
