// Small scripts of ours, run in the project's Python as the application's user.
#pragma once

#include <chrono>

#include "launcher/detect/project.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

struct PythonScript {
  std::string_view text;
  std::vector<std::string> arguments{};
  std::string purpose;            // for an error: "ask the Django settings site.settings"
  std::string settings_module{};  // Django's; empty for none
  std::chrono::seconds time_limit{30};
};

// What the script wrote to descriptor 3. An error carries the end of what Python printed.
[[nodiscard]] Result<std::string> run_python_script(Host& host, const Settings& settings,
                                                    const Project& project,
                                                    const PythonScript& script);

// The project's folder and --python-path: what comes first on sys.path.
[[nodiscard]] std::vector<std::string> python_path_of(const Settings& settings);

}  // namespace warp
