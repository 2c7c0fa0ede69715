#include "launcher/project/environment_file.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

#include "base/strings.hpp"
#include "launcher/settings/problems.hpp"

namespace warp {
namespace {

constexpr std::string_view kExport = "export ";

bool is_variable_name(std::string_view name) {
  const auto is_part = [](char c) {
    return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
  };
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
         std::all_of(name.begin(), name.end(), is_part);
}

char unescaped(char c) { return c == 'n' ? '\n' : c; }

// nullopt when a quote is not closed, or something follows it.
std::optional<std::string> value_of(std::string_view written) {
  if (written.empty() || (written.front() != '\'' && written.front() != '"'))
    return std::string(written);
  const char quote = written.front();
  std::string value;
  for (std::size_t i = 1; i < written.size(); ++i) {
    const char c = written[i];
    if (c == quote) return i + 1 == written.size() ? std::optional(value) : std::nullopt;
    const bool is_escape = quote == '"' && c == '\\' && i + 1 < written.size() &&
                           std::string_view("\"\\n").find(written[i + 1]) != std::string_view::npos;
    value.push_back(is_escape ? unescaped(written[++i]) : c);
  }
  return std::nullopt;
}

}  // namespace

Result<Environment> parse_environment(const std::string& origin, std::string_view text) {
  Environment variables;
  Problems problems;
  std::size_t number = 0;
  const auto refuse = [&](const std::string& why) {
    problems.push_back({Errc::kInvalidSetting, origin + ":" + std::to_string(number) + ": " + why});
  };
  for (std::string_view line : split(text, '\n')) {
    ++number;
    line = trim(line);
    if (line.empty() || line.front() == '#') continue;
    if (line.starts_with(kExport)) line = trim(line.substr(kExport.size()));
    const auto equals = line.find('=');
    const std::string_view name = line.substr(0, equals);
    if (equals == std::string_view::npos || !is_variable_name(name)) {
      // Without its text, which may be a line of a key.
      refuse("this line is not NAME=value");
    } else if (const auto value = value_of(trim(line.substr(equals + 1))); !value) {
      refuse("the quotes of " + std::string(name) + " are not closed at the line's end");
    } else if (value->find('\0') != std::string::npos) {
      refuse("the value of " + std::string(name) + " has a NUL byte");
    } else {
      variables[std::string(name)] = *value;
    }
  }
  if (!problems.empty()) return tl::unexpected(as_one(problems));
  return variables;
}

}  // namespace warp
