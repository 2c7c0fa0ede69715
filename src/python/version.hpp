// The server's version as Python code sees it.
#pragma once

#include "python/python.hpp"

#include <string_view>

namespace warp::python {

inline constexpr std::string_view kVersion = WARP_VERSION;

// (0, 1, 0)
[[nodiscard]] Ref version_tuple();

}  // namespace warp::python
