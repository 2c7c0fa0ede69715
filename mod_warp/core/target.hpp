// What a WarpScriptAlias leads to: a script file or a module.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "wire/group_config.hpp"

namespace warp::core {

struct Target {
  wire::TargetKind kind{};
  std::string name;                     // path of the script as written, or dotted module name
  std::optional<std::string> callable;  // of "package.module:callable", "…:factory()"
};

// A text with a slash, or ending in .py or .wsgi, is a script; any other must be
// "package.module[:callable]" or "package.module:factory()".
[[nodiscard]] Result<Target> parse_target(std::string_view text);

// "$1" and its like, which stand for parts of a regular expression's match.
[[nodiscard]] bool has_substitution(std::string_view text);

// A Python name, or several joined with dots ("app", "factory.app").
[[nodiscard]] bool is_dotted_name(std::string_view text);

// The same, or one with "()" after it: a factory, which is called for the application.
[[nodiscard]] bool is_callable_name(std::string_view text);

}  // namespace warp::core
