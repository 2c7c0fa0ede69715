// Small scripts of ours, run in the project's Python as the application's user.
#pragma once

#include <chrono>

#include "launcher/detect/project.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

struct PythonScript {
  enum class Sees { kProject, kStandardLibrary };

  std::string_view text;
  std::vector<std::string> arguments{};
  std::string purpose;            // for an error: "ask the Django settings site.settings"
  std::string settings_module{};  // Django's; empty for none
  std::chrono::seconds time_limit{30};
  // A script that imports nothing of the project must not meet a json.py of it either.
  Sees sees = Sees::kProject;
};

// What the script wrote to descriptor 3. An error carries the end of what Python printed.
[[nodiscard]] Result<std::string> run_python_script(Host& host, const Project& project,
                                                    const PythonScript& script);

// Where the project's imports start, and --python-path: what comes first on sys.path.
[[nodiscard]] std::vector<std::string> python_path_of(const Settings& settings,
                                                      const Project& project);
// The application's current directory.
[[nodiscard]] const std::string& working_directory_of(const Project& project);

}  // namespace warp
