// A syntax error in the entry is found before anything starts.
#pragma once

#include "launcher/detect/project.hpp"

namespace warp {

// The application's file: a script, or a module that lies in the project; "" for one that lies
// elsewhere.
[[nodiscard]] std::string file_of(const Application& application, const std::string& directory);

[[nodiscard]] Result<> check_syntax(Host& host, const Project& project);

}  // namespace warp
