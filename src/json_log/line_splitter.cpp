#include "json_log/line_splitter.hpp"

#include <utility>

namespace warp {

std::vector<std::string> LineSplitter::feed(std::string_view bytes) {
  std::vector<std::string> lines;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::size_t room = kLongest - begun_.size();
    if (end != std::string_view::npos && end <= room) {
      begun_ += bytes.substr(0, end);
      bytes.remove_prefix(end + 1);
    } else if (bytes.size() >= room) {
      begun_ += bytes.substr(0, room);
      bytes.remove_prefix(room);
    } else {
      begun_ += bytes;
      return lines;
    }
    lines.push_back(std::exchange(begun_, {}));
  }
  return lines;
}

std::string LineSplitter::rest() { return std::exchange(begun_, {}); }

}  // namespace warp
