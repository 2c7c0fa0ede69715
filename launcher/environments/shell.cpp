#include "launcher/environments/shell.hpp"

#include <unistd.h>

#include <optional>

#include "base/strings.hpp"
#include "launcher/host/files.hpp"

namespace warp {
namespace {

std::optional<Shell> shell_called(std::string_view name) {
  if (name.starts_with("-")) name.remove_prefix(1);  // a login shell
  if (name == "bash" || name == "sh" || name == "dash") return Shell::kBash;
  if (name == "zsh") return Shell::kZsh;
  if (name == "fish") return Shell::kFish;
  return std::nullopt;
}

std::optional<Shell> shell_that_started_us() {
  const auto name = read_text("/proc/" + std::to_string(::getppid()) + "/comm");
  return name ? shell_called(trim(*name)) : std::nullopt;
}

}  // namespace

Result<Shell> find_shell(std::string_view named, const Environment& environment) {
  if (!named.empty()) {
    if (const auto shell = shell_called(named)) return *shell;
    return fail(Errc::kInvalidSetting,
                "--shell: '" + printable(named) + "' is none of bash, zsh, fish");
  }
  if (const auto shell = shell_that_started_us()) return *shell;
  return shell_called(warp::name_of(variable(environment, "SHELL"))).value_or(Shell::kBash);
}

std::string_view name_of(Shell shell) {
  if (shell == Shell::kFish) return "fish";
  return shell == Shell::kZsh ? "zsh" : "bash";
}

std::string quoted_for(Shell shell, std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (shell == Shell::kFish && (c == '\'' || c == '\\')) {
      quoted.append("\\").push_back(c);
    } else if (c == '\'') {
      quoted += R"('\'')";
    } else {
      quoted.push_back(c);
    }
  }
  return quoted + "'";
}

std::string assignment(Shell shell, std::string_view name, std::string_view value) {
  const std::string quoted = quoted_for(shell, value);
  if (shell == Shell::kFish) return "set -gx " + std::string(name) + " " + quoted + ";\n";
  return "export " + std::string(name) + "=" + quoted + ";\n";
}

}  // namespace warp
