#include "launcher/detect/ini_file.hpp"

#include "base/strings.hpp"

namespace warp {
namespace {

bool is_indented(std::string_view line) { return line.starts_with(" ") || line.starts_with("\t"); }

}  // namespace

std::vector<IniEntry> read_ini(std::string_view text) {
  std::vector<IniEntry> entries;
  std::string section;
  unsigned number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    const std::string_view content = trim(line);
    if (content.empty() || content.front() == '#' || content.front() == ';') continue;
    if (content.front() == '[') {
      section = std::string(trim(content.substr(1, content.find(']') - 1)));
      continue;
    }
    const std::size_t equals = content.find('=');
    if (is_indented(line) && !entries.empty() && entries.back().section == section) {
      entries.back().value.append("\n").append(content);
    } else if (equals != std::string_view::npos) {
      entries.push_back({.section = section,
                         .key = std::string(trim(content.substr(0, equals))),
                         .value = std::string(trim(content.substr(equals + 1))),
                         .line = number});
    }
  }
  return entries;
}

}  // namespace warp
