#include "launcher/host/foreground.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>

#include "launcher/host/subprocess.hpp"

namespace warp {
namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

}  // namespace

Result<int> run_in_foreground(const Command& command) {
  static_cast<void>(std::fflush(stdout));
  WARP_TRY(const pid_t pid, start_process(command, {}, SIGTERM, ProcessGroup::kOurs));
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0)
    if (errno != EINTR) return fail_errno("wait for " + command.arguments.front());
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

Error replace_process(const Command& command) {
  static_cast<void>(std::fflush(stdout));
  if (!command.directory.empty() && ::chdir(command.directory.c_str()) != 0)
    return fail_errno("go to " + command.directory).value();
  std::vector<std::string> arguments = command.arguments;
  std::vector<std::string> variables;
  for (const auto& [name, value] : command.environment) variables.push_back(name + "=" + value);
  ::execve(arguments.front().c_str(), pointers(arguments).data(), pointers(variables).data());
  return fail_errno("start " + command.arguments.front()).value();
}

}  // namespace warp
