// Which part of a request's path a mount covers. A mount's URL is kept without trailing slashes;
// "/" is the empty text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace warp::core {

// "/app/" > "/app", "/" > "". kInvalidDirective for a text that is no URL path.
[[nodiscard]] Result<std::string> mount_url(std::string_view written);

// What follows the mount in the path ("" or "/..."), when the path is the mount or below it.
// Repeated slashes in the path count as one.
[[nodiscard]] std::optional<std::string_view> path_below(std::string_view mount,
                                                         std::string_view path);

// A request's path in two, both views into it.
struct SplitPath {
  std::string_view script_name;  // without slashes at its end
  std::string_view path_info;    // "" or "/..."
};
// At `at`, or before the slashes in front of it; nullopt when that is within a segment,
// or the path is none ("*").
[[nodiscard]] std::optional<SplitPath> split_path(std::string_view path, std::size_t at);
// Before the path info that httpd has found while it looked for a file.
[[nodiscard]] SplitPath split_before(std::string_view path, std::string_view path_info);

// The order to try mounts in: the longest first.
[[nodiscard]] bool is_tried_before(std::string_view mount, std::string_view other);

[[nodiscard]] bool has_repeated_slashes(std::string_view path);
[[nodiscard]] std::string collapse_slashes(std::string_view path);

}  // namespace warp::core
