// What the project itself says of options that nobody has set.
#pragma once

#include "launcher/settings/option.hpp"

namespace warp {

// An option's value, as the project has it.
struct DetectedOption {
  std::string name;
  std::string value;
  std::string origin;  // "Procfile:1: --workers"
};

// Flag, environment variable and warpdrive.toml go before, the default goes after.
[[nodiscard]] Result<Settings> with_detected(Settings settings,
                                             const std::vector<DetectedOption>& detected);

}  // namespace warp
