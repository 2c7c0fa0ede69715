// Lines out of bytes as they come.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace warp {

class LineSplitter final {
 public:
  // The lines that these bytes complete, without their ends. A line that gets too long is cut into
  // several.
  [[nodiscard]] std::vector<std::string> feed(std::string_view bytes);
  // What no end of line has come for; empty for nothing.
  [[nodiscard]] std::string rest();

  static constexpr std::size_t kLongest = 65536;

 private:
  std::string begun_;
};

}  // namespace warp
