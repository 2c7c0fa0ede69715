// Settings from a TOML file: warpdrive.toml, or a table of pyproject.toml. The only file that
// includes toml++ is the .cpp.
#pragma once

#include "launcher/settings/option.hpp"
#include "launcher/settings/problems.hpp"

namespace warp {

struct TomlText {
  std::string path;
  std::string text;
  std::string table{};  // whose keys they are: "tool.warpdrive"; empty for the whole file's
};

// nullopt when the file has no such table, or is no TOML.
[[nodiscard]] std::optional<std::vector<Given>> read_toml(const TomlText& file, Problems& problems);

}  // namespace warp
