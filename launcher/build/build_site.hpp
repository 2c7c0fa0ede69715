// What the steps of a build share: the workspace, its Python, its state.
#pragma once

#include "launcher/build/stamps.hpp"
#include "launcher/detect/project.hpp"
#include "launcher/project/workspace.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

struct BuildSite {
  Workspace workspace{};
  Settings settings{};
  Python python{};
  std::string state{};  // folder of what builds leave
  bool has_no_index = false;
};

// The workspace's settings and the Python that it is built for, which has to be a virtual
// environment.
[[nodiscard]] Result<BuildSite> open_build_site(const Workspace& workspace, Host& host);

// Runs a script of ours in the site's Python, isolated: the project's files can't stand in for the
// standard library's. Gives what it wrote to descriptor 3.
[[nodiscard]] Result<std::string> run_build_script(const BuildSite& site, std::string_view script,
                                                   const std::vector<std::string>& arguments,
                                                   const std::string& purpose, Host& host);

}  // namespace warp
