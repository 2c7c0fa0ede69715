// All that is wrong with the settings, so that a user sees it in one run.
#pragma once

#include <vector>

#include "base/result.hpp"

namespace warp {

using Problems = std::vector<Error>;

// Several problems as one error, a line each.
[[nodiscard]] inline Error as_one(const Problems& problems) {
  Error error = problems.front();
  for (std::size_t i = 1; i < problems.size(); ++i) error.detail += "\n" + describe(problems[i]);
  return error;
}

}  // namespace warp
