// What the launcher saw, and where.
#pragma once

#include <string>

namespace warp {

struct Evidence {
  std::string what;
  std::string where;
};

}  // namespace warp
