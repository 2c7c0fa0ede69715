#include "launcher/environments/activation.hpp"

#include <array>

#include "base/strings.hpp"

namespace warp {
namespace {

constexpr std::array kVariables = {"VIRTUAL_ENV", "VIRTUAL_ENV_PROMPT", "WARPDRIVE_ENVIRONMENT",
                                   "WARPDRIVE_APP_ROOT", "WARPDRIVE_SRC_ROOT"};

// bash and zsh. PS1 is only set in an interactive shell.
constexpr std::string_view kLeaveFunction = R"sh(deactivate () {
  if [ -n "${_OLD_VIRTUAL_PATH+set}" ]; then export PATH="$_OLD_VIRTUAL_PATH"; unset _OLD_VIRTUAL_PATH; fi;
  if [ -n "${_OLD_VIRTUAL_PYTHONHOME+set}" ]; then export PYTHONHOME="$_OLD_VIRTUAL_PYTHONHOME"; unset _OLD_VIRTUAL_PYTHONHOME; fi;
  if [ -n "${_OLD_VIRTUAL_PS1+set}" ]; then PS1="$_OLD_VIRTUAL_PS1"; unset _OLD_VIRTUAL_PS1; fi;
  unset VIRTUAL_ENV VIRTUAL_ENV_PROMPT WARPDRIVE_ENVIRONMENT WARPDRIVE_APP_ROOT WARPDRIVE_SRC_ROOT;
  hash -r 2>/dev/null;
  unset -f deactivate;
};
)sh";

constexpr std::string_view kLeaveOther =
    "if typeset -f deactivate >/dev/null 2>&1; then deactivate; fi;\n";

constexpr std::string_view kKeepOld = R"sh(_OLD_VIRTUAL_PATH="$PATH";
if [ -n "${PYTHONHOME+set}" ]; then _OLD_VIRTUAL_PYTHONHOME="$PYTHONHOME"; unset PYTHONHOME; fi;
)sh";

// fish joins the lines of an eval with spaces, hence the semicolons.
constexpr std::string_view kFishLeaveFunction =
    R"sh(function deactivate -d 'Leave the warpdrive environment';
  if set -q _OLD_VIRTUAL_PATH; set -gx PATH $_OLD_VIRTUAL_PATH; set -e _OLD_VIRTUAL_PATH; end;
  if set -q _OLD_VIRTUAL_PYTHONHOME; set -gx PYTHONHOME $_OLD_VIRTUAL_PYTHONHOME; set -e _OLD_VIRTUAL_PYTHONHOME; end;
  if functions -q _old_fish_prompt; functions -e fish_prompt; functions -c _old_fish_prompt fish_prompt; functions -e _old_fish_prompt; end;
  set -e VIRTUAL_ENV; set -e VIRTUAL_ENV_PROMPT; set -e WARPDRIVE_ENVIRONMENT; set -e WARPDRIVE_APP_ROOT; set -e WARPDRIVE_SRC_ROOT;
  functions -e deactivate;
end;
)sh";

constexpr std::string_view kFishLeaveOther = "if functions -q deactivate; deactivate; end;\n";

constexpr std::string_view kFishKeepOld = R"sh(set -gx _OLD_VIRTUAL_PATH $PATH;
if set -q PYTHONHOME; set -gx _OLD_VIRTUAL_PYTHONHOME $PYTHONHOME; set -e PYTHONHOME; end;
)sh";

std::string posix_prompt(Shell shell, const std::string& prompt) {
  return "if [ -n \"${PS1+set}\" ]; then _OLD_VIRTUAL_PS1=\"$PS1\"; PS1=" +
         quoted_for(shell, prompt) + "\"$PS1\"; fi;\n";
}

std::string fish_prompt(const std::string& prompt) {
  return "if functions -q fish_prompt; functions -c fish_prompt _old_fish_prompt; "
         "function fish_prompt; set -l old_status $status; printf '%s' " +
         quoted_for(Shell::kFish, prompt) +
         "; _warpdrive_return $old_status; _old_fish_prompt; end; end;\n"
         "function _warpdrive_return; return $argv[1]; end;\n";
}

std::string path_without(std::string_view path_list, std::string_view folder) {
  std::vector<std::string> kept;
  for (const std::string_view each : split(path_list, ':'))
    if (each != folder) kept.emplace_back(each);
  return join(kept, ":");
}

}  // namespace

std::string prompt_of(std::string_view name) {
  std::string shown(name);
  for (char& c : shown)
    if (std::string_view("$`\\%!").find(c) != std::string_view::npos) c = '?';
  return "(warpdrive+" + shown + ") ";
}

Environment variables_of(const NamedEnvironment& environment, const std::string& source) {
  Environment variables{{"VIRTUAL_ENV", environment.home()},
                        {"VIRTUAL_ENV_PROMPT", prompt_of(environment.name)},
                        {"WARPDRIVE_ENVIRONMENT", environment.name},
                        {"WARPDRIVE_APP_ROOT", environment.root}};
  if (!source.empty()) variables["WARPDRIVE_SRC_ROOT"] = source;
  return variables;
}

void enter(Environment& variables, const NamedEnvironment& environment, const std::string& source) {
  // Another environment's project is not this one's.
  variables.erase("WARPDRIVE_SRC_ROOT");
  for (const auto& [name, value] : variables_of(environment, source)) variables[name] = value;
  variables.erase("PYTHONHOME");
  const std::string bin = environment.home() + "/bin";
  variables["PATH"] = bin + ":" + path_without(variable(variables, "PATH"), bin);
}

std::string activation_code(Shell shell, const NamedEnvironment& environment,
                            const std::string& source) {
  const bool is_fish = shell == Shell::kFish;
  const std::string bin = quoted_for(shell, environment.home() + "/bin");
  std::string code(is_fish ? kFishLeaveOther : kLeaveOther);
  code += is_fish ? kFishKeepOld : kKeepOld;
  code += is_fish ? kFishLeaveFunction : kLeaveFunction;
  // It may be inherited without the function that would have unset it.
  if (source.empty())
    code += is_fish ? "set -e WARPDRIVE_SRC_ROOT;\n" : "unset WARPDRIVE_SRC_ROOT;\n";
  for (const auto& [name, value] : variables_of(environment, source))
    code += assignment(shell, name, value);
  code += is_fish ? "set -gx PATH " + bin + " $PATH;\n" : "export PATH=" + bin + ":\"$PATH\";\n";
  code += is_fish ? fish_prompt(prompt_of(environment.name))
                  : posix_prompt(shell, prompt_of(environment.name));
  return is_fish ? code : code + "hash -r 2>/dev/null;\n";
}

std::string deactivation_code(Shell shell, const Environment& environment) {
  const std::string path =
      path_without(variable(environment, "PATH"), variable(environment, "VIRTUAL_ENV") + "/bin");
  std::string by_hand;
  if (shell == Shell::kFish) {
    by_hand = "set -gx PATH";
    for (const std::string_view each : split(path, ':')) by_hand += " " + quoted_for(shell, each);
    by_hand += ";\n";
    for (const char* const name : kVariables) by_hand += "set -e " + std::string(name) + ";\n";
    return "if functions -q deactivate; deactivate; else;\n" + by_hand + "end;\n";
  }
  by_hand = assignment(shell, "PATH", path);
  for (const char* const name : kVariables) by_hand += "unset " + std::string(name) + ";\n";
  return "if typeset -f deactivate >/dev/null 2>&1; then deactivate; else\n" + by_hand + "fi;\n";
}

}  // namespace warp
