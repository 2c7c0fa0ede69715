// The commands of `warpdrive`: --help, dispatch and docs/warpdrive.md follow this table.
#include <algorithm>
#include <array>

#include "base/strings.hpp"
#include "launcher/environments/commands.hpp"
#include "launcher/environments/profile.hpp"
#include "launcher/settings/suggest.hpp"
#include "launcher/warpdrive/command.hpp"
#include "launcher/warpdrive/help.hpp"
#include "launcher/warpdrive/output.hpp"

namespace warp {
namespace {

constexpr CommandOption kShell{"shell", "NAME", "bash, zsh or fish. Default: the one that calls"};
constexpr std::array kShellOnly = {kShell};
constexpr std::array kActivateOptions = {
    CommandOption{"python", "PYTHON", "A version (3.11), a program or a path, for a new one"},
    CommandOption{"system-site-packages", "", "A new one sees the system's Python packages"},
    kShell};
constexpr std::array kProjectOptions = {
    CommandOption{"create", "", "Record the current folder as the environment's project"}, kShell};

constexpr std::string_view kEnvironments = "Environments";
constexpr std::string_view kOther = "Other";

Result<int> print_command_help(const Arguments& arguments, Host& /*host*/) {
  if (arguments.words.empty()) {
    print(arguments.has("markdown") ? commands_as_markdown() : help_of_all());
    return 0;
  }
  WARP_TRY(const WarpdriveCommand* const command, find_warpdrive_command(arguments.words.front()));
  print(help_of(*command));
  return 0;
}

constexpr std::array kHelpOptions = {
    CommandOption{"markdown", "", "Print the table of commands as in docs/warpdrive.md"}};

constexpr std::array kTable = {
    WarpdriveCommand{
        .name = "activate",
        .group = kEnvironments,
        .arguments = "NAME",
        .fewest_words = 1,
        .most_words = 1,
        .prints = Prints::kShellCode,
        .purpose = "Make and enter an environment: eval \"$(warpdrive activate NAME)\"",
        .options = kActivateOptions,
        .run = activate},
    WarpdriveCommand{.name = "deactivate",
                     .group = kEnvironments,
                     .prints = Prints::kShellCode,
                     .purpose = "Leave it: eval \"$(warpdrive deactivate)\"",
                     .options = kShellOnly,
                     .run = deactivate},
    WarpdriveCommand{.name = "project",
                     .group = kEnvironments,
                     .prints = Prints::kShellCode,
                     .purpose = "Go to the environment's project: eval \"$(warpdrive project)\"",
                     .options = kProjectOptions,
                     .run = project},
    WarpdriveCommand{.name = "list",
                     .group = kEnvironments,
                     .purpose = "List the environments",
                     .run = list_environments},
    WarpdriveCommand{.name = "destroy",
                     .group = kEnvironments,
                     .arguments = "NAME",
                     .fewest_words = 1,
                     .most_words = 1,
                     .purpose = "Remove an environment that is not active",
                     .run = destroy},
    WarpdriveCommand{.name = "profile",
                     .group = kEnvironments,
                     .prints = Prints::kShellCode,
                     .purpose = "Print code for a shell's start-up file, which saves the evals",
                     .options = kShellOnly,
                     .run = profile},
    WarpdriveCommand{.name = "rcfile",
                     .group = kEnvironments,
                     .arguments = "[NAME]",
                     .most_words = 1,
                     .purpose = "Write a start-up file that enters an environment; print its path",
                     .options = kShellOnly,
                     .run = rcfile},
    WarpdriveCommand{.name = "help",
                     .group = kOther,
                     .arguments = "[COMMAND]",
                     .most_words = 1,
                     .purpose = "Explain a command, or list all",
                     .options = kHelpOptions,
                     .run = print_command_help},
};

}  // namespace

std::span<const WarpdriveCommand> warpdrive_commands() { return kTable; }

Result<const WarpdriveCommand*> find_warpdrive_command(std::string_view name) {
  constexpr std::size_t kNear = 2;
  std::string hint;
  for (const WarpdriveCommand& command : kTable) {
    if (command.name == name) return &command;
    if (hint.empty() && edit_distance(name, command.name) <= kNear)
      hint = ", did you mean " + std::string(command.name) + "?";
  }
  return fail(Errc::kUsage, "there is no command " + printable(name) + hint +
                                (hint.empty() ? "; warpdrive help lists them" : ""));
}

}  // namespace warp
