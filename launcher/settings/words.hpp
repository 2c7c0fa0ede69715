// Several words in one text, as in an environment variable: separated by white space, with the
// shell's quotes and backslash.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace warp {

// `/media=/srv/media TEXT="two words"` is {"/media=/srv/media", "TEXT=two words"}.
[[nodiscard]] Result<std::vector<std::string>> split_words(std::string_view text);

}  // namespace warp
