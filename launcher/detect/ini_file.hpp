// Files of sections and "key = value" lines, as uWSGI and Paste have them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace warp {

struct IniEntry {
  std::string section{};
  std::string key{};  // as written
  std::string value{};
  unsigned line = 0;
};

// Lines that begin with # or ; are comments; indented ones go on with the value before.
[[nodiscard]] std::vector<IniEntry> read_ini(std::string_view text);

}  // namespace warp
