#include "launcher/build/listing.hpp"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "base/strings.hpp"

namespace warp {
namespace {

bool is_skipped(const std::filesystem::directory_entry& entry) {
  const std::string name = entry.path().filename().string();
  std::error_code error;
  return name.starts_with(".") || name == "__pycache__" || name == "node_modules" ||
         name == "build" || name.ends_with(".egg-info") ||
         std::filesystem::exists(entry.path() / "pyvenv.cfg", error);
}

}  // namespace

std::string listing_of(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<std::string> lines;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->is_directory(error) && is_skipped(*entry)) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file(error)) {
      const auto time = entry->last_write_time(error).time_since_epoch().count();
      lines.push_back(entry->path().string() + " " + std::to_string(entry->file_size(error)) + " " +
                      std::to_string(time));
    }
  }
  std::sort(lines.begin(), lines.end());
  return join(lines, "\n");
}

}  // namespace warp
