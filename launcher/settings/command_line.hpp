// The command line of warpdrive-express. The only file that includes CLI11 is its .cpp.
#pragma once

#include <chrono>
#include <optional>

#include "launcher/operate/operator_command.hpp"
#include "launcher/settings/option.hpp"
#include "launcher/settings/problems.hpp"

namespace warp {

enum class Task {
  kStartServer,
  kSetupServer,
  kSystemdUnit,
  kShowConfig,
  kExplain,
  kDoctor,
  kConvert,
  kOperate,
  kModuleConfig,
  kModuleLocation,
  kInstallModule,
  kPrint
};

struct CommandLine {
  Task task = Task::kPrint;
  std::vector<Given> given{};
  std::string text{};           // what kPrint prints: help, version, the table of options
  std::string file{};           // of kConvert, absolute
  std::string directory{};      // of kInstallModule; empty: not named
  OperatorCommand operation{};  // of kOperate; `given` says where the server is
  bool is_json = false;         // of kShowConfig, kExplain and kDoctor
  std::optional<std::chrono::seconds> grace_period{};  // of kDoctor
  Problems problems{};  // options that do not exist, to be told with all that is wrong
};

// Relative paths start at `current_directory`. columns: how wide the terminal is that help goes to,
// 0 when it goes elsewhere.
[[nodiscard]] Result<CommandLine> read_command_line(int argc, const char* const* argv,
                                                    const std::string& current_directory,
                                                    std::size_t columns = 0);

}  // namespace warp
