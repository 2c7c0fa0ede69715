#include "launcher/deploy/server_line.hpp"

#include "launcher/deploy/deploy_mode.hpp"
#include "launcher/deploy/server_arguments.hpp"

namespace warp {

Result<CommandLine> read_server_line(const Workspace& workspace, const Settings& settings) {
  WARP_TRY(const Deployment deployment, chosen_deployment({}, workspace, settings));
  if (!is_served_by_us(deployment)) return CommandLine();
  WARP_TRY(const ServerArguments arguments,
           read_server_arguments(workspace.note("server_args"), workspace.variables));
  std::vector<const char*> line = {"warpdrive-express", "start-server"};
  for (const std::string& word : arguments.words) line.push_back(word.c_str());
  return read_command_line(static_cast<int>(line.size()), line.data(), workspace.home);
}

}  // namespace warp
