// The command lines of gunicorn, uWSGI and waitress.
#pragma once

#include <optional>

#include "launcher/detect/named_application.hpp"
#include "launcher/detect/shell_line.hpp"

namespace warp {

// What the first of the commands that starts one of these servers says; nothing when none does.
// Relative paths start at `directory`, or where a `cd` before it leads. Unknown options are left
// alone.
[[nodiscard]] Result<std::optional<NamedApplication>> read_server_command(
    const std::vector<ShellCommand>& commands, const std::string& directory,
    const std::string& where);

}  // namespace warp
