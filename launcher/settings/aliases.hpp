// Environment variables of other tools that say what one of our options says: a row each.
#pragma once

#include "launcher/settings/variable_words.hpp"

namespace warp {

struct Alias {
  std::string_view variable;
  // The option that it sets. There may be none of that name; then the variable is told to be
  // unused.
  std::string_view option;
  std::string_view whose;
  std::string_view note{};     // what a reader should know of its use
  std::string_view instead{};  // why there will be no such option
  Result<Words> (*read)(const Option&, const std::string&) = own_words;
};

// Of several variables for one option the first wins.
[[nodiscard]] std::span<const Alias> alias_table();
[[nodiscard]] bool is_alias(std::string_view variable);
// "there is no option --body-timeout"
[[nodiscard]] std::string why_unused(const Alias& alias);

}  // namespace warp
