// Makes the virtual environment of a named environment, with Python's own venv.
#pragma once

#include "launcher/environments/named_environment.hpp"
#include "launcher/host/host.hpp"

namespace warp {

struct NewEnvironment {
  NamedEnvironment environment{};
  std::string python{};  // "3.11", a program's name, a path; empty: the installation's own
  bool has_system_packages = false;
  std::string project{};  // recorded as the folder of its source
};

// What an interrupted earlier making left is replaced.
[[nodiscard]] Result<> make_environment(const NewEnvironment& wanted, Host& host);

// Path of the program that `--python` names.
[[nodiscard]] Result<std::string> find_named_python(const std::string& named, const Host& host);

}  // namespace warp
