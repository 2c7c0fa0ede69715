// Cuts what an application logs into lines that httpd logs whole: httpd ends a line of its log
// after some 8 KiB, once control characters and bytes beyond ASCII have become escapes.
#pragma once

#include <cstddef>
#include <string_view>

namespace warp::core {

// Leaves room for httpd's prefix (time, process, client) and ours.
inline constexpr std::size_t kLongestLogLine = 7'000;

// Takes the next line off the front of `text`, which must not be empty: up to its line end, which
// is dropped, or as much as fits when escaped, without cutting a UTF-8 character apart.
[[nodiscard]] std::string_view take_log_line(std::string_view& text);

}  // namespace warp::core
