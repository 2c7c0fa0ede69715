#include "launcher/host/foreground.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
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

// False at the end of the output.
Result<bool> append_from(int fd, std::string& text) {
  std::array<char, 4096> block;
  const ssize_t count = ::read(fd, block.data(), block.size());
  if (count < 0 && errno == EINTR) return true;
  if (count < 0) return fail_errno("read the output of a program");
  text.append(block.data(), static_cast<std::size_t>(count));
  if (text.size() > kLargestOutput) return fail(Errc::kTooLarge, "it printed more than 64 KiB");
  return count > 0;
}

// Until the program and its output (-1 for none) have ended; after an order to stop, until the
// program has, for what it started may go on. False when the deadline passed.
Result<bool> attend(pid_t pid, StopSignals& stops, int output, std::string& text,
                    Deadline deadline) {
  const UniqueFd process = open_process(pid);
  std::array<pollfd, 3> waits{pollfd{process.get(), POLLIN, 0},
                              pollfd{stops.descriptor(), POLLIN, 0}, pollfd{output, POLLIN, 0}};
  bool is_stopped = false;
  while (waits[0].fd >= 0 || (waits[2].fd >= 0 && !is_stopped)) {
    const int ready = ::poll(waits.data(), waits.size(), deadline.poll_timeout());
    if (ready == 0) return false;
    if (ready < 0) continue;
    if (waits[1].revents != 0) {
      const auto stop = stops.read();
      if (stop && !stop->is_from_terminal) ::kill(pid, stop->number);
      is_stopped = true;
    }
    if (waits[2].revents != 0) {
      WARP_TRY(const bool has_more, append_from(output, text));
      if (!has_more) waits[2].fd = -1;
    }
    if (waits[0].revents != 0) waits[0].fd = -1;
  }
  return true;
}

}  // namespace

Result<Finished> run_for_output(const Command& command, StopSignals& stops) {
  WARP_CHECK(stops.check());
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return fail_errno("pipe");
  const UniqueFd reader(ends[0]);
  UniqueFd writer(ends[1]);
  WARP_TRY(const pid_t pid,
           start_process(command, {.output = writer.get()}, SIGTERM, ProcessGroup::kOurs));
  writer.reset();
  Finished finished;
  auto ended = attend(pid, stops, reader.get(), finished.output, Deadline::in(command.time_limit));
  finished.timed_out = !ended.value_or(true);
  if (!ended || finished.timed_out) ::kill(pid, SIGKILL);
  finished.status = status_of(pid);
  WARP_CHECK(stops.check());
  if (!ended) {
    ended.error().detail = command.arguments.front() + ": " + ended.error().detail;
    return tl::unexpected(ended.error());
  }
  return finished;
}

Result<int> run_in_foreground(const Command& command, StopSignals& stops) {
  WARP_CHECK(stops.check());
  static_cast<void>(std::fflush(stdout));
  WARP_TRY(const pid_t pid, start_process(command, {}, SIGTERM, ProcessGroup::kOurs));
  std::string none;
  WARP_CHECK(attend(pid, stops, -1, none, Deadline::never()));
  const int status = status_of(pid);
  WARP_CHECK(stops.check());
  return status;
}

Error replace_process(const Command& command, const StopSignals& stops) {
  static_cast<void>(std::fflush(stdout));
  if (command.user && !become(*command.user))
    return fail_errno("become user " + command.user->name).value();
  if (!command.directory.empty() && ::chdir(command.directory.c_str()) != 0)
    return fail_errno("go to " + command.directory).value();
  std::vector<std::string> arguments = command.arguments;
  std::vector<std::string> variables;
  for (const auto& [name, value] : command.environment) variables.push_back(name + "=" + value);
  if (const auto checked = stops.check(); !checked) return checked.error();
  // What is ignored stays so, as by nohup.
  unblock_signals();
  ::execve(arguments.front().c_str(), pointers(arguments).data(), pointers(variables).data());
  return fail_errno("start " + command.arguments.front()).value();
}

}  // namespace warp
