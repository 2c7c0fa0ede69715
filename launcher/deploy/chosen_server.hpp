// start-server with --server-type: the server that takes our place.
#pragma once

#include <optional>

#include "launcher/detect/project.hpp"
#include "launcher/plan/installation.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

// A script that is the server (python, shell), whatever else the project is; nullopt: the type is
// another one.
[[nodiscard]] Result<std::optional<Command>> script_server(const Settings& settings,
                                                           const Installation& installation,
                                                           Host& host);

// PORT and, when one is said, HOST: where a script of the project's has to listen.
void tell_address(Environment& environment, const Settings& settings);

// What is `said` for httpd and would be lost with another server, which is shown as `server`.
[[nodiscard]] Result<> check_for_other_server(const Settings& said, const std::string& server);

// nullopt: httpd serves the project.
[[nodiscard]] Result<std::optional<Command>> other_server(const Settings& settings,
                                                          const Project& project,
                                                          const Installation& installation,
                                                          Host& host);

}  // namespace warp
