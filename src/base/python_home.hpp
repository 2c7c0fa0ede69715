// Which Python a directory holds, and which worker program serves it. The launcher and mod_warp ask
// the same question.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace warp {

struct PythonVersion {
  unsigned major_number = 0;
  unsigned minor_number = 0;
  auto operator<=>(const PythonVersion&) const = default;
};

// "3.11", as in warp-worker-3.11; a patch level ("3.11.2") is read over.
[[nodiscard]] Result<PythonVersion> parse_python_version(std::string_view text);
[[nodiscard]] std::string to_string(PythonVersion version);

// The version of a virtual environment (from its pyvenv.cfg, keys `version` of venv and
// `version_info` of virtualenv) or of an installation's prefix (from its lib/pythonX.Y). kNotFound
// for a directory that is neither.
[[nodiscard]] Result<PythonVersion> python_version_of(const std::string& home);

// The interpreter in a home: bin/python, bin/python3 or bin/pythonX.Y. kNotFound with what was
// looked for.
[[nodiscard]] Result<std::string> python_executable_of(const std::string& home);

// The versions that have a warp-worker-X.Y in the directory, lowest first.
[[nodiscard]] std::vector<PythonVersion> worker_versions(const std::string& libexec_directory);

// Path of the worker program for a version. kPythonVersion names the versions that are there and
// how to build the missing one.
[[nodiscard]] Result<std::string> worker_program(const std::string& libexec_directory,
                                                 PythonVersion version);

}  // namespace warp
