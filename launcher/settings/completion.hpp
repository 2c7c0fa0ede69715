// Scripts by which shells complete the command line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace warp {

struct CompletedOption {
  std::string flag{};  // "--port"
  std::string purpose{};
  bool takes_value = false;
};

struct CompletedCommand {
  std::string name{};
  std::string purpose{};
  std::vector<CompletedOption> options{};
};

// "bash", "zsh" or "fish".
[[nodiscard]] Result<std::string> completion_script(std::string_view shell,
                                                    const std::vector<CompletedCommand>& commands);

}  // namespace warp
