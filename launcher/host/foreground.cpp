#include "launcher/host/foreground.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>

#include "launcher/host/become.hpp"
#include "launcher/host/subprocess.hpp"

namespace warp {
namespace {

constexpr std::size_t kLargestOutput = 64UL * 1024;

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

int status_of(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0)
    if (errno != EINTR) return 127;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

// False when the deadline passed.
Result<bool> read_to_end(int fd, std::string& text, Deadline deadline) {
  char block[4096];
  for (;;) {
    pollfd wait{fd, POLLIN, 0};
    const int ready = ::poll(&wait, 1, deadline.poll_timeout());
    if (ready == 0) return false;
    const ssize_t count = ready < 0 ? -1 : ::read(fd, block, sizeof block);
    if (count < 0 && errno != EINTR) return fail_errno("read the output of a program");
    if (count == 0) return true;
    if (count > 0) text.append(block, static_cast<std::size_t>(count));
    if (text.size() > kLargestOutput) return fail(Errc::kTooLarge, "it printed more than 64 KiB");
  }
}

}  // namespace

Result<Finished> run_for_output(const Command& command) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return fail_errno("pipe");
  const UniqueFd reader(ends[0]);
  UniqueFd writer(ends[1]);
  WARP_TRY(const pid_t pid,
           start_process(command, {.output = writer.get()}, SIGTERM, ProcessGroup::kOurs));
  writer.reset();
  Finished finished;
  const Deadline deadline = Deadline::in(command.time_limit);
  auto read = read_to_end(reader.get(), finished.output, deadline);
  finished.timed_out = read.value_or(true) ? !ends_before(pid, deadline) : true;
  if (!read || finished.timed_out) ::kill(pid, SIGKILL);
  finished.status = status_of(pid);
  if (!read) {
    read.error().detail = command.arguments.front() + ": " + read.error().detail;
    return tl::unexpected(read.error());
  }
  return finished;
}

Result<int> run_in_foreground(const Command& command) {
  static_cast<void>(std::fflush(stdout));
  WARP_TRY(const pid_t pid, start_process(command, {}, SIGTERM, ProcessGroup::kOurs));
  return status_of(pid);
}

Error replace_process(const Command& command) {
  static_cast<void>(std::fflush(stdout));
  if (command.user && !become(*command.user))
    return fail_errno("become user " + command.user->name).value();
  if (!command.directory.empty() && ::chdir(command.directory.c_str()) != 0)
    return fail_errno("go to " + command.directory).value();
  std::vector<std::string> arguments = command.arguments;
  std::vector<std::string> variables;
  for (const auto& [name, value] : command.environment) variables.push_back(name + "=" + value);
  ::execve(arguments.front().c_str(), pointers(arguments).data(), pointers(variables).data());
  return fail_errno("start " + command.arguments.front()).value();
}

}  // namespace warp
