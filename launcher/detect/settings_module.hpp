// The settings module that a Python file names for Django, read without running it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace warp {

inline constexpr std::string_view kSettingsVariable = "DJANGO_SETTINGS_MODULE";

struct NamedSettings {
  std::string name{};
  std::size_t line = 0;
};

// The plain text in setdefault("DJANGO_SETTINGS_MODULE", "site.settings"), or after
// environ["DJANGO_SETTINGS_MODULE"] =; the first that is no comment. Not by std::regex, which
// recurses for each character of a line and so overflows the stack on a long one.
[[nodiscard]] std::optional<NamedSettings> settings_named_in(std::string_view text);

}  // namespace warp
