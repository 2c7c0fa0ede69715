#include "launcher/detect/paste_file.hpp"

#include <algorithm>

#include "launcher/detect/ini_file.hpp"
#include "launcher/detect/small_file.hpp"
#include "launcher/host/files.hpp"

namespace warp {

bool is_paste_text(std::string_view text) {
  const std::vector<IniEntry> entries = read_ini(text);
  return std::any_of(entries.begin(), entries.end(), [](const IniEntry& entry) {
    const bool is_main = entry.section == "app:main" || entry.section == "composite:main" ||
                         entry.section == "pipeline:main";
    return is_main && (entry.key == "use" || entry.key == "pipeline" || entry.key == "factory" ||
                       entry.key == "paste.app_factory");
  });
}

std::vector<std::string> paste_files_in(const std::string& directory) {
  std::vector<std::string> files;
  for (const std::string& name : names_in_directory(directory)) {
    if (!name.ends_with(".ini") || name.starts_with(".")) continue;
    const auto text = read_small_file(directory + "/" + name);
    if (text && is_paste_text(*text)) files.push_back(name);
  }
  return files;
}

}  // namespace warp
