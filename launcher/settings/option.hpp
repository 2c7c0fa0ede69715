// An option: one row of the table that feeds flags, environment variables, warpdrive.toml, --help
// and docs/options.md.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "launcher/settings/settings.hpp"

namespace warp {

struct Option;

// Where a value can come from, the weakest first.
// kDevelopment: an option for development has set it, where nobody else has.
enum class Source { kDefault, kFile, kForeignVariable, kVariable, kFlag, kDevelopment };

// What one source says about one option.
struct Given {
  const Option* option = nullptr;
  std::vector<std::string> words;  // of pairs: name, value, name, value …
  std::string origin;  // "--port", "WARPDRIVE_PORT", "/srv/app/warpdrive.toml:3:8: port"
  std::string base;    // relative paths start here
  Source source = Source::kDefault;
};

enum class Shape { kFlag, kOne, kMany, kPairs };

struct Option {
  std::string_view name;
  Shape shape = Shape::kOne;
  std::string_view value_name{};  // "N", "PATH", "URL PATH"; empty for a flag
  std::string_view fallback{};    // used when nobody says anything
  std::string_view otherwise{};   // for the reader, when the default is no fixed text
  std::string_view group{};
  std::string_view help{};
  Result<> (*store)(Settings&, const Given&) = nullptr;
  std::int64_t lowest = 0;
  std::int64_t highest = 0;
  std::string_view choices{};  // "event|worker|prefork"
};

[[nodiscard]] std::span<const Option> option_table();
[[nodiscard]] const Option* find_option(std::string_view name);
// "--port"
[[nodiscard]] std::string flag_of(const Option& option);
// "WARPDRIVE_PORT"
[[nodiscard]] std::string variable_of(const Option& option);
// The help's sentence with range or choices and the default.
[[nodiscard]] std::string described(const Option& option);

}  // namespace warp
