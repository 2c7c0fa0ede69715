#include "launcher/warpdrive/help.hpp"

#include <algorithm>

#include "base/strings.hpp"

namespace warp {
namespace {

// Of UTF-8 text: bytes that continue a character take no column.
std::size_t columns_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  }));
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t columns = columns_of(text);
  return text.append(std::max<std::size_t>(columns + 2, width) - columns, ' ');
}

std::string usage_of(const WarpdriveCommand& command) {
  std::string text(command.name);
  if (!command.arguments.empty()) text.append(" ").append(command.arguments);
  return text;
}

std::string written(const CommandOption& option) {
  std::string text = "--" + std::string(option.name);
  if (!option.value_name.empty()) text.append(" ").append(option.value_name);
  return text;
}

}  // namespace

std::string help_of_all() {
  constexpr std::size_t kWidth = 28;
  std::string text =
      "Takes a Python web project from its source folder to a running server.\n"
      "Usage: warpdrive COMMAND [OPTIONS]\n";
  std::string_view group;
  for (const WarpdriveCommand& command : warpdrive_commands()) {
    if (command.group != group) text.append("\n").append(command.group).append(":\n");
    group = command.group;
    text += "  " + padded(usage_of(command), kWidth) + std::string(command.purpose) + "\n";
  }
  return text +
         "\nwarpdrive help COMMAND, or warpdrive COMMAND --help, lists a command's options.\n";
}

std::string help_of(const WarpdriveCommand& command) {
  constexpr std::size_t kWidth = 26;
  std::string text = std::string(command.purpose) + ".\nUsage: warpdrive " + usage_of(command);
  if (!command.options.empty()) text += " [OPTIONS]";
  text += "\n\nOptions:\n";
  for (const CommandOption& option : command.options)
    text += "  " + padded(written(option), kWidth) + std::string(option.help) + "\n";
  return text + "  " + padded("--help", kWidth) + "Print this\n";
}

std::string commands_as_markdown() {
  std::string text = "| command | options | does |\n|---|---|---|\n";
  for (const WarpdriveCommand& command : warpdrive_commands()) {
    text += "| `" + usage_of(command) + "` | ";
    std::vector<std::string> options;
    for (const CommandOption& option : command.options)
      options.push_back("`" + written(option) + "`: " + std::string(option.help));
    text.append(join(options, "<br>")).append(" | ").append(command.purpose).append(" |\n");
  }
  return text;
}

}  // namespace warp
