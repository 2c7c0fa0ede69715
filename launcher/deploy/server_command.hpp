// The command of each server, with the least that makes it listen where it should and log to the
// terminal.
#pragma once

#include "launcher/deploy/deploy_mode.hpp"
#include "launcher/detect/project.hpp"

namespace warp {

struct ServerRequest {
  ServerType server = ServerType::kModWarp;
  std::string home{};         // the folder that it is started in
  std::string python{};       // the environment's program
  std::string environment{};  // the environment's folder; empty for the system's Python
  std::string program{};      // warpdrive-express, or uwsgi
  std::string host{};         // empty: all addresses
  std::string port{};
  std::optional<Application>
      application{};         // none: warpdrive-express finds it, or the arguments name it
  std::string paste_file{};  // instead of an application
  std::vector<std::string> arguments{};  // the project's and the user's
};

// kInvalidSetting for an application that this server can't be told of.
[[nodiscard]] Result<std::vector<std::string>> server_command(const ServerRequest& request);

// A script of the project's that is the server. `interpreter` runs it; none: it is executable
// itself. `who` wants it, for the error.
[[nodiscard]] Result<std::vector<std::string>> script_command(const std::string& path,
                                                              std::vector<std::string> interpreter,
                                                              const std::string& who);

// The environment's own, else the system's.
[[nodiscard]] Result<std::string> find_uwsgi(const std::string& environment,
                                             const Environment& variables);

// "package.module:callable", for a script as seen from the folder.
[[nodiscard]] Result<std::string> module_and_callable(const Application& application,
                                                      const std::string& home);

// One line that shows where each word begins and ends. `written` is the same command in the words
// of the project's files; where these differ they are shown, and not the values of their variables.
[[nodiscard]] std::string shown_command(const std::vector<std::string>& words,
                                        const std::vector<std::string>& written);

}  // namespace warp
