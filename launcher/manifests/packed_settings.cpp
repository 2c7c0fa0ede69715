#include "launcher/manifests/packed_settings.hpp"

#include "launcher/deploy/deploy_mode.hpp"
#include "launcher/deploy/server_line.hpp"
#include "launcher/detect/detect_project.hpp"
#include "launcher/detect/django.hpp"
#include "launcher/host/files.hpp"
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

ServedBy find_server(const Deployment& deployment, const PackedSettings& packed,
                     const Workspace& here, const std::string& libexec_directory, Host& host) {
  if (!is_served_by_us(deployment)) return ServedBy::kOther;
  const std::string& home = packed.workspace.home;
  if (deployment.mode != DeployMode::kAuto) return ServedBy::kHttpd;
  if (is_executable(home + "/app.sh")) return ServedBy::kOther;
  if (is_django_project(home)) return ServedBy::kHttpd;
  WorkspaceHost there(host, here);
  const auto project = detect_project(packed.settings, there, libexec_directory);
  const bool is_script =
      project ? is_server_script(project->application) : is_file(home + "/app.py");
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

Result<PackedSettings> read_packed_settings(const Workspace& here,
                                            const std::string& libexec_directory, Host& host) {
  PackedSettings packed;
  BareHost bare(host, here.source);
  WARP_TRY(packed.workspace, open_workspace(bare));
  WorkspaceHost there(bare, packed.workspace);
  // The file may name another server, whose arguments would be none of ours.
  WARP_TRY(packed.settings, read_settings({}, there));
  WARP_TRY(const Deployment deployment, chosen_deployment({}, packed.workspace, packed.settings));
  WARP_TRY(const CommandLine line, read_server_line(packed.workspace, packed.settings));
  WARP_TRY(packed.settings, read_settings(line.given, there, line.problems));
  packed.port = port_of(packed.settings, line.given, packed.workspace.variables);
  packed.served_by = find_server(deployment, packed, here, libexec_directory, host);
  return packed;
}

}  // namespace warp
