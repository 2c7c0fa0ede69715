// A Procfile names the commands of a project; the one that counts is `web`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace warp {

struct ProcfileLine {
  std::string command{};
  unsigned line = 0;
};

// The command of `web:`.
[[nodiscard]] std::optional<ProcfileLine> web_line_in(std::string_view procfile);

}  // namespace warp
