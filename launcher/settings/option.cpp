#include "launcher/settings/option.hpp"

#include <algorithm>
#include <cctype>

#include "base/strings.hpp"

namespace warp {

std::string flag_of(const Option& option) { return "--" + std::string(option.name); }

std::string variable_of(const Option& option) {
  std::string name = "WARPDRIVE_" + std::string(option.name);
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
    return c == '-' ? '_' : static_cast<char>(std::toupper(c));
  });
  return name;
}

std::string described(const Option& option) {
  std::string text(option.help);
  if (!option.choices.empty()) {
    const auto choices = split(option.choices, '|');
    text += ": " + join({choices.begin(), choices.end()}, ", ");
  }
  text += ".";
  if (option.shape == Shape::kMany || option.shape == Shape::kPairs) text += " Repeatable.";
  const std::string_view standard = option.fallback.empty() ? option.otherwise : option.fallback;
  if (!standard.empty()) text += " Default: " + std::string(standard) + ".";
  return text;
}

}  // namespace warp
