#include "launcher/detect/settings_module.hpp"

#include <algorithm>

namespace warp {
namespace {

constexpr std::string_view kQuotes = "\"'";
constexpr std::string_view kSpace = " \t\r\n\f\v";

bool is_quote(char c) { return kQuotes.find(c) != std::string_view::npos; }

bool is_of_a_module(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.';
}

void skip_space(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(kSpace), rest.size()));
}

bool take(std::string_view& rest, char wanted) {
  if (!rest.starts_with(wanted)) return false;
  rest.remove_prefix(1);
  return true;
}

bool take_quote(std::string_view& rest) {
  if (rest.empty() || !is_quote(rest.front())) return false;
  rest.remove_prefix(1);
  return true;
}

// What stands between the variable's name and the value: a comma, or "] =".
bool take_link(std::string_view& rest) {
  if (!take_quote(rest)) return false;
  skip_space(rest);
  if (take(rest, ']')) {
    skip_space(rest);
    if (!take(rest, '=')) return false;
  } else if (!take(rest, ',')) {
    return false;
  }
  skip_space(rest);
  return true;
}

// The quoted module at the end of a text that begins after the variable's name; empty for none.
std::string_view value_after(std::string_view rest) {
  if (!take_link(rest) || !take_quote(rest)) return {};
  const auto* const end = std::find_if_not(rest.begin(), rest.end(), is_of_a_module);
  const auto size = static_cast<std::size_t>(end - rest.begin());
  return size < rest.size() && is_quote(rest[size]) ? rest.substr(0, size) : std::string_view();
}

// Of the variable's name in a line of code, with the text going on after the line.
std::string_view value_in_line(std::string_view code, std::string_view text_from_line) {
  for (std::size_t at = code.find(kSettingsVariable); at != std::string_view::npos;
       at = code.find(kSettingsVariable, at + 1)) {
    if (at == 0 || !is_quote(code[at - 1])) continue;
    const auto value = value_after(text_from_line.substr(at + kSettingsVariable.size()));
    if (!value.empty()) return value;
  }
  return {};
}

}  // namespace

std::optional<NamedSettings> settings_named_in(std::string_view text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view code = text.substr(begin, end - begin);
    code = code.substr(0, code.find('#'));
    const std::string_view value = value_in_line(code, text.substr(begin));
    if (!value.empty()) {
      const auto line = 1 + std::count(text.data(), value.data(), '\n');
      return NamedSettings{std::string(value), static_cast<std::size_t>(line)};
    }
    begin = end + 1;
  }
  return std::nullopt;
}

}  // namespace warp
