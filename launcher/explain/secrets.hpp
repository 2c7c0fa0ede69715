// What nobody may read on a screen or in a bug report.
#pragma once

#include <string>
#include <string_view>

#include "launcher/settings/variable_words.hpp"

namespace warp {

inline constexpr std::string_view kHidden = "(hidden)";

// By the words of the name: SECRET, PASSWORD, TOKEN, API_KEY, …; a name that ends in -file or
// -directory is a place.
[[nodiscard]] bool names_a_secret(std::string_view name);

// Each "https://user:word@host" with the word hidden.
[[nodiscard]] std::string without_password(const std::string& text);

// An option's words as they may be shown. All values of setenv are hidden.
[[nodiscard]] Words without_secrets(const Option& option, Words words);

}  // namespace warp
