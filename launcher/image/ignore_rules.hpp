// What .dockerignore and .s2iignore leave out of an image, by Docker's rules: the last line that
// fits decides, `!` takes back in, `**` stands for any number of folders.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace warp {

class IgnoreRules final {
 public:
  // The lines of one file, after those that are there.
  void add(std::string_view text);

  // Of a file or folder, by its path from the project's folder: itself or a folder above it.
  [[nodiscard]] bool leaves_out(std::string_view path) const;
  // Whether something in a folder that is left out may be taken back in.
  [[nodiscard]] bool has_exceptions() const { return has_exceptions_; }

 private:
  struct Rule {
    std::vector<std::string> parts{};
    bool takes_in = false;
  };

  std::vector<Rule> rules_{};
  bool has_exceptions_ = false;
};

}  // namespace warp
