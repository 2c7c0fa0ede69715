// Installs what a project needs into its environment.
#pragma once

#include "launcher/build/build_site.hpp"
#include "launcher/build/dependencies.hpp"

namespace warp {

// Says what it does. Nothing when the stamp says that nothing has changed.
[[nodiscard]] Result<> install_dependencies(const BuildSite& site, const Stamps& stamps,
                                            Dependencies dependencies, Host& host);

// The package of a server that is chosen and that the dependencies have not brought.
[[nodiscard]] Result<> install_server(const BuildSite& site, const std::string& server_type,
                                      Host& host);
// WhiteNoise for the static files that such a server does not serve.
[[nodiscard]] Result<> install_whitenoise(const BuildSite& site, const std::string& server_type,
                                          Host& host);

// Wheels of what the project needs, into the folder that later builds take them from.
[[nodiscard]] Result<> make_wheels(const BuildSite& site, Dependencies dependencies,
                                   const std::string& folder, Host& host);

// Where `warpdrive wheels` puts them, and where else they are looked for.
[[nodiscard]] std::string own_wheelhouse(const BuildSite& site);
[[nodiscard]] std::vector<std::string> wheelhouses_of(const BuildSite& site);

// The command that installs them. kNotFound for a tool that is not there, pip among them, with the
// way to get it.
[[nodiscard]] Result<Command> install_command(const BuildSite& site, Dependencies dependencies,
                                              Host& host);

}  // namespace warp
