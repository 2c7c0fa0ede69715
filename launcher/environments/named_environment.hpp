// Environments by name: a folder each below ~/.warpdrive, with a virtual environment and the state
// of its project's builds.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "launcher/host/host.hpp"

namespace warp {

struct NamedEnvironment {
  std::string name{};
  std::string root{};  // absolute

  [[nodiscard]] std::string home() const { return root + "/venv"; }
  // Holds the path of the project's folder. Written last, so that an environment without it is one
  // whose making was interrupted.
  [[nodiscard]] std::string project_file() const { return root + "/project"; }
};

// $WARPDRIVE_VIRTUALENVS, else ~/.warpdrive.
[[nodiscard]] Result<std::string> environments_directory(const Environment& environment);

// The environment of that name, which need not exist. A name is one part of a path.
[[nodiscard]] Result<NamedEnvironment> environment_named(const Environment& environment,
                                                         std::string_view name);
// All that are complete, by name.
[[nodiscard]] Result<std::vector<NamedEnvironment>> all_environments(
    const Environment& environment);

// The one that the shell is in, by $WARPDRIVE_APP_ROOT and $VIRTUAL_ENV, which have to agree.
[[nodiscard]] std::optional<NamedEnvironment> active_environment(const Environment& environment);

[[nodiscard]] bool is_complete(const NamedEnvironment& environment);
// "" when none is recorded.
[[nodiscard]] std::string project_of(const NamedEnvironment& environment);
[[nodiscard]] Result<> record_project(const NamedEnvironment& environment,
                                      const std::string& folder);

}  // namespace warp
