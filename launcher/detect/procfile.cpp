#include "launcher/detect/procfile.hpp"

#include "base/strings.hpp"

namespace warp {

std::optional<ProcfileLine> web_line_in(std::string_view procfile) {
  unsigned number = 0;
  for (const std::string_view line : split(procfile, '\n')) {
    ++number;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || trim(line.substr(0, colon)) != "web") continue;
    const std::string_view command = trim(line.substr(colon + 1));
    if (!command.empty()) return ProcfileLine{.command = std::string(command), .line = number};
  }
  return std::nullopt;
}

}  // namespace warp
