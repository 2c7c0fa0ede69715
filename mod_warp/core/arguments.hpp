// The words of a directive with key=value options. httpd's own splitting knows quotes only around a
// whole word; people also write python-path="/a b", as mod_wsgi lets them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace warp::core {

// Words between white space; double or single quotes, anywhere in a word, keep white space and are
// removed. Within quotes, a backslash takes the next quote or backslash literally.
[[nodiscard]] Result<std::vector<std::string>> split_arguments(std::string_view text);

// "key=value" at the first '='; nullopt without one.
[[nodiscard]] std::optional<std::pair<std::string_view, std::string_view>> split_option(
    std::string_view word);

}  // namespace warp::core
