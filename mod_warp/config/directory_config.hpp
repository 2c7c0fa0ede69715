// What the directives in <Location> and its like say.
#pragma once

#include <optional>

#include "mod_warp/apache.hpp"

namespace warp {

struct DirectoryConfig {
  std::optional<bool> pass_authorization;
};

// As merged for this request.
[[nodiscard]] const DirectoryConfig& directory_config_of(const request_rec* request);

}  // namespace warp
