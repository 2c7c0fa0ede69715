#include "launcher/environments/profile.hpp"

#include <filesystem>

#include "launcher/environments/activation.hpp"
#include "launcher/host/files.hpp"
#include "launcher/warpdrive/output.hpp"

namespace warp {
namespace {

// Help and errors go to standard error, so what is evaluated is the code of these commands only.
constexpr std::string_view kPosixFunction = R"sh( "$@" ;; esac;
};
)sh";

std::string user_start_file(Shell shell) {
  if (shell == Shell::kZsh) return "if [ -r ~/.zshrc ]; then . ~/.zshrc; fi;\n";
  return shell == Shell::kBash ? "if [ -r ~/.bashrc ]; then . ~/.bashrc; fi;\n" : "";
}

}  // namespace

std::string profile_code(Shell shell, const std::string& program) {
  const std::string call = "command " + quoted_for(shell, program);
  const std::string name(name_of(shell));
  if (shell == Shell::kFish)
    return "function warpdrive -d 'Python web projects, from source to server';\n"
           "  switch \"$argv[1]\";\n"
           "    case activate deactivate project;\n      " +
           call + " $argv --shell fish | source;\n    case '*';\n      " + call +
           " $argv;\n  end;\nend;\n";
  return "warpdrive () {\n"
         "  case \"${1-}\" in\n"
         "    activate|deactivate|project) eval \"$(" +
         call + " \"$@\" --shell " + name + ")\" ;;\n    *) " + call + std::string(kPosixFunction);
}

Result<int> profile(const Arguments& arguments, Host& host) {
  WARP_TRY(const Shell shell, find_shell(arguments.value_of("shell"), host.environment()));
  std::error_code error;
  const std::string program = std::filesystem::read_symlink("/proc/self/exe", error).string();
  if (error) return fail_errno("readlink /proc/self/exe", error.value());
  print(profile_code(shell, program));
  return 0;
}

Result<std::string> write_rcfile(Shell shell, const NamedEnvironment& environment) {
  std::string path = environment.root + "/rcfile." + std::string(name_of(shell));
  WARP_CHECK(write_atomically(
      path, user_start_file(shell) + activation_code(shell, environment, project_of(environment)),
      0644));
  return path;
}

Result<int> rcfile(const Arguments& arguments, Host& host) {
  WARP_TRY(const Shell shell, find_shell(arguments.value_of("shell"), host.environment()));
  auto environment = active_environment(host.environment());
  if (!arguments.words.empty()) {
    WARP_TRY(environment, environment_named(host.environment(), arguments.words.front()));
  }
  if (!environment || !is_complete(*environment))
    return fail(Errc::kNotFound,
                "no environment is active, or there is none of that name; warpdrive list shows "
                "those that there are");
  WARP_TRY(const std::string path, write_rcfile(shell, *environment));
  print(path + "\n");
  return 0;
}

}  // namespace warp
