#include "launcher/settings/help_formatter.hpp"

#include <algorithm>

#include "base/strings.hpp"

namespace warp {
namespace {

constexpr std::size_t kMargin = 2;
// A terminal that is narrower gets lines that it breaks itself.
constexpr std::size_t kLeastText = 30;

// CLI11 writes a flag's negative form as "--no-x{false}".
std::string without_values(std::string name) {
  for (std::size_t begin = name.find('{'); begin != std::string::npos; begin = name.find('{'))
    name.erase(begin, name.find('}', begin) - begin + 1);
  return name;
}

// `text` in lines of at most `width` characters, which are `indent` from the left from the second
// on; a word that is longer has a line for itself.
std::string hanging(std::string_view text, std::size_t indent, std::size_t width) {
  std::string lines;
  std::size_t used = 0;
  for (const std::string_view word : split(text, ' ')) {
    if (used > 0 && used + 1 + word.size() > width) {
      lines.append("\n").append(indent, ' ');
      used = 0;
    } else if (used > 0) {
      lines += ' ';
      ++used;
    }
    lines += word;
    used += word.size();
  }
  return lines;
}

}  // namespace

HelpFormatter::HelpFormatter(std::size_t columns) : columns_(columns) {}

std::string HelpFormatter::make_group(std::string group, bool is_positional,
                                      std::vector<const CLI::Option*> options) const {
  // CLI11 puts an empty line after each group but the arguments, and none before the first.
  std::string text = is_positional || group == "Options" ? "\n" : "";
  text.append(group).append(":\n");
  for (const CLI::Option* option : options) text += make_option(option, is_positional);
  return text;
}

std::string HelpFormatter::make_option(const CLI::Option* option, bool is_positional) const {
  return entry(make_option_name(option, is_positional) + make_option_opts(option),
               make_option_desc(option));
}

std::string HelpFormatter::make_option_name(const CLI::Option* option, bool is_positional) const {
  return without_values(CLI::Formatter::make_option_name(option, is_positional));
}

std::string HelpFormatter::make_subcommand(const CLI::App* command) const {
  return entry(command->get_name(), command->get_description());
}

std::string HelpFormatter::entry(const std::string& name, const std::string& text) const {
  const std::size_t left = get_column_width();
  std::string line = std::string(kMargin, ' ') + name;
  if (line.size() >= left)
    line.append("\n").append(left, ' ');
  else
    line.append(left - line.size(), ' ');
  const bool is_wide = columns_ >= left + kLeastText;
  return line + (is_wide ? hanging(text, left, columns_ - left) : text) + "\n";
}

}  // namespace warp
