// A command of `warpdrive`: one row of the table that feeds dispatch, --help and docs/warpdrive.md.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "launcher/host/host.hpp"

namespace warp {

// What was written after the command's name.
struct Arguments {
  std::vector<std::string> words{};
  std::map<std::string, std::string, std::less<>> options{};  // a flag's value is "yes"
  std::vector<std::string> rest{};                            // for another program

  [[nodiscard]] bool has(std::string_view option) const { return options.contains(option); }
  // "" for an option that is not given.
  [[nodiscard]] std::string value_of(std::string_view option) const {
    const auto found = options.find(option);
    return found == options.end() ? std::string() : found->second;
  }
};

struct CommandOption {
  std::string_view name{};        // without dashes
  std::string_view value_name{};  // empty for a flag
  std::string_view help{};
};

enum class Prints {
  kText,
  kShellCode  // for eval, so that nothing else may go to standard output
};

struct WarpdriveCommand {
  std::string_view name{};
  std::string_view group{};
  std::string_view arguments{};  // "NAME"
  std::size_t fewest_words = 0;
  std::size_t most_words = 0;
  bool passes_rest =
      false;  // what follows the first argument that is not ours is another program's
  Prints prints = Prints::kText;
  std::string_view purpose{};
  std::span<const CommandOption> options{};
  // Gives the exit status.
  Result<int> (*run)(const Arguments&, Host&) = nullptr;
};

[[nodiscard]] std::span<const WarpdriveCommand> warpdrive_commands();
// kUsage names the nearest command.
[[nodiscard]] Result<const WarpdriveCommand*> find_warpdrive_command(std::string_view name);

}  // namespace warp
