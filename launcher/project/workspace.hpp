// The project that a command works on: its folder, its variables, its notes in .warpdrive.
#pragma once

#include <string>

#include "launcher/host/forwarding_host.hpp"
#include "launcher/warpdrive/command.hpp"

namespace warp {

struct Workspace {
  std::string source{};     // the project's folder
  std::string home{};       // where the application is: the same, or a folder in it
  Environment variables{};  // our own, and those of .warpdrive/environment that were not set

  [[nodiscard]] std::string note(std::string_view name) const;
};

// $WARPDRIVE_SRC_ROOT, else the current folder: an absolute path without a slash at its end.
[[nodiscard]] std::string project_folder(const Host& host);

// The project's folder; .warpdrive/environment; .warpdrive/home or $APP_HOME.
[[nodiscard]] Result<Workspace> open_workspace(const Host& host);

// A file that the project keeps for us. kTooLarge beyond 256 KiB.
[[nodiscard]] Result<std::string> read_project_file(const std::string& path);

// The first line of .warpdrive/NAME; "" when there is no such file.
[[nodiscard]] Result<std::string> read_note(const std::string& source, std::string_view name);

// What the user chose: the option, else the variable, else the note of that name, else "".
struct Choice {
  std::string_view option{};
  std::string_view variable{};
  std::string_view note{};
};
[[nodiscard]] Result<std::string> chosen(const Choice& choice, const Arguments& arguments,
                                         const Workspace& workspace);

// Where the state of builds is: $WARPDRIVE_APP_ROOT, else a folder in the virtual environment, else
// .warpdrive/state.
[[nodiscard]] std::string state_folder(const Workspace& workspace, const std::string& python_home);

// The machine with the workspace's variables and folder, for what reads settings.
class WorkspaceHost final : public ForwardingHost {
 public:
  WorkspaceHost(Host& host, const Workspace& workspace)
      : ForwardingHost(host), workspace_(workspace) {}
  [[nodiscard]] const Environment& environment() const override { return workspace_.variables; }
  [[nodiscard]] std::string current_directory() const override { return workspace_.home; }

 private:
  const Workspace& workspace_;
};

}  // namespace warp
