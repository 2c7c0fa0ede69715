#include "launcher/settings/completion.hpp"

#include <fmt/format.h>

#include "base/strings.hpp"

namespace warp {
namespace {

constexpr auto kProgram = "warpdrive-express";

// The first sentence, in single quotes for any of the three shells. An apostrophe becomes a
// typographic one, so that nothing has to be escaped; a backslash and a colon mean something.
std::string quoted(std::string_view purpose) {
  std::string text = "'";
  for (const char c : purpose.substr(0, purpose.find(". "))) {
    if (c == '\'')
      text += "\u2019";
    else if (c == '\\' || c == ':' || c == '[' || c == ']')
      text += ' ';
    else
      text += c;
  }
  return text + "'";
}

std::string flags_of(const CompletedCommand& command) {
  std::vector<std::string> flags;
  for (const CompletedOption& option : command.options) flags.push_back(option.flag);
  return join(flags, " ");
}

std::string flags_with_value(const CompletedCommand& command) {
  std::vector<std::string> flags;
  for (const CompletedOption& option : command.options)
    if (option.takes_value) flags.push_back(option.flag);
  return join(flags, "|");
}

std::string bash_script(const std::vector<CompletedCommand>& commands) {
  std::string names;
  std::string cases;
  for (const CompletedCommand& command : commands) {
    names += " " + command.name;
    cases += fmt::format("    {})\n", command.name);
    if (const std::string valued = flags_with_value(command); !valued.empty())
      cases += fmt::format(
          "      case \"$before\" in {}) COMPREPLY=($(compgen -f -- \"$word\")); return ;; esac\n",
          valued);
    cases += fmt::format("      options=\"{}\" ;;\n", flags_of(command));
  }
  return fmt::format(
      "# bash completion of {0}; made by: {0} completion bash\n"
      "_warpdrive_express() {{\n"
      "  local word=\"${{COMP_WORDS[COMP_CWORD]}}\" before=\"${{COMP_WORDS[COMP_CWORD-1]}}\"\n"
      "  local options=\"\"\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
      "    COMPREPLY=($(compgen -W \"{1} --help --version\" -- \"$word\"))\n"
      "    return\n"
      "  fi\n"
      "  case \"${{COMP_WORDS[1]}}\" in\n{2}  esac\n"
      "  case \"$word\" in\n"
      "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n"
      "    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n"
      "  esac\n"
      "}}\n"
      "complete -o filenames -F _warpdrive_express {0}\n",
      kProgram, names.substr(names.empty() ? 0 : 1), cases);
}

std::string zsh_script(const std::vector<CompletedCommand>& commands) {
  std::string names;
  std::string cases;
  for (const CompletedCommand& command : commands) {
    const std::string purpose = quoted(command.purpose);
    names += fmt::format("    '{}:{}\n", command.name, purpose.substr(1));
    cases += fmt::format("    {})\n      _arguments", command.name);
    for (const CompletedOption& option : command.options) {
      const std::string said = quoted(option.purpose);
      cases += fmt::format(" \\\n        '{}[{}]{}'", option.flag, said.substr(1, said.size() - 2),
                           option.takes_value ? ":value:_files" : "");
    }
    cases += " \\\n        '*:file:_files' ;;\n";
  }
  return fmt::format(
      "#compdef {0}\n"
      "# zsh completion; made by: {0} completion zsh\n"
      "_warpdrive_express() {{\n"
      "  local -a commands\n"
      "  commands=(\n{1}  )\n"
      "  if (( CURRENT == 2 )); then\n"
      "    _describe command commands\n"
      "    return\n"
      "  fi\n"
      "  local command=$words[2]\n"
      "  shift words\n"
      "  (( CURRENT-- ))\n"
      "  case $command in\n{2}  esac\n"
      "}}\n"
      // From a folder of functions the file is the function; sourced, it only defines one.
      "if [ \"$funcstack[1]\" = _{0} ]; then\n"
      "  _warpdrive_express \"$@\"\n"
      "else\n"
      "  compdef _warpdrive_express {0}\n"
      "fi\n",
      kProgram, names, cases);
}

std::string fish_script(const std::vector<CompletedCommand>& commands) {
  std::string text = fmt::format("# fish completion; made by: {0} completion fish\n", kProgram);
  for (const CompletedCommand& command : commands)
    text += fmt::format("complete -c {} -n __fish_use_subcommand -a {} -d {}\n", kProgram,
                        command.name, quoted(command.purpose));
  for (const CompletedCommand& command : commands)
    for (const CompletedOption& option : command.options)
      text += fmt::format("complete -c {} -n '__fish_seen_subcommand_from {}' -l {}{} -d {}\n",
                          kProgram, command.name, option.flag.substr(2),
                          option.takes_value ? " -r" : "", quoted(option.purpose));
  return text;
}

}  // namespace

Result<std::string> completion_script(std::string_view shell,
                                      const std::vector<CompletedCommand>& commands) {
  if (shell == "bash") return bash_script(commands);
  if (shell == "zsh") return zsh_script(commands);
  if (shell == "fish") return fish_script(commands);
  return fail(Errc::kUsage, "completion: there is no script for the shell '" + printable(shell) +
                                "'; name bash, zsh or fish");
}

}  // namespace warp
