#include "launcher/host/subprocess.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "base/deadline.hpp"
#include "base/signals.hpp"
#include "launcher/host/become.hpp"
#include "launcher/host/log_file.hpp"

namespace warp {
namespace {

constexpr std::size_t kKeptOutput = 64UL * 1024;

struct Pipe {
  UniqueFd reader;
  UniqueFd writer;
};

Result<Pipe> make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return fail_errno("pipe");
  return Pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

// All that the child needs, made before fork: after it only async-signal-safe calls are allowed.
struct Prepared {
  explicit Prepared(const Command& command)
      : arguments(command.arguments), directory(command.directory) {
    for (const auto& [name, value] : command.environment) variables.push_back(name + "=" + value);
    argument_pointers = pointers(arguments);
    variable_pointers = pointers(variables);
  }
  std::vector<std::string> arguments;
  std::vector<std::string> variables;
  std::string directory;
  std::vector<char*> argument_pointers;
  std::vector<char*> variable_pointers;
};

// dup2 onto itself would leave CLOEXEC set.
bool place(int from, int to) noexcept {
  if (from < 0) return true;
  return from == to ? ::fcntl(from, F_SETFD, 0) == 0 : ::dup2(from, to) == to;
}

struct Failure {
  int error = 0;
  bool is_of_log = false;
};

// Sends errno to the parent and ends the child.
[[noreturn]] void give_up(int report, bool is_of_log = false) noexcept {
  const Failure failure{.error = errno, .is_of_log = is_of_log};
  static_cast<void>(!::write(report, &failure, sizeof failure));
  ::_exit(127);
}

bool place_log(const char* path) noexcept {
  const int log = open_log_file(AT_FDCWD, path);
  return log >= 0 && place(log, STDOUT_FILENO) && place(log, STDERR_FILENO);
}

struct Child {
  ChildDescriptors descriptors;
  const Account* user;
  int parent;
  int parent_death_signal;
  int report;
  ProcessGroup group;
  bool ignores_hang_up;
};

[[noreturn]] void exec_child(Prepared& prepared, Child child) noexcept {
  if (child.group == ProcessGroup::kOwn) ::setpgid(0, 0);
  reset_signals();
  if (child.ignores_hang_up) ::signal(SIGHUP, SIG_IGN);
  // Above the places that are about to be filled.
  const int report = ::fcntl(child.report, F_DUPFD_CLOEXEC, 10);
  const int answer =
      child.descriptors.answer < 0 ? -1 : ::fcntl(child.descriptors.answer, F_DUPFD_CLOEXEC, 10);
  if (report < 0) ::_exit(127);
  if (!place(child.descriptors.input, 0) || !place(child.descriptors.output, 1) ||
      !place(child.descriptors.error, 2) || !place(answer, kAnswerDescriptor))
    give_up(report);
  if (child.user != nullptr && !become(*child.user)) give_up(report);
  if (child.descriptors.log != nullptr && !place_log(child.descriptors.log)) give_up(report, true);
  if (!prepared.directory.empty() && ::chdir(prepared.directory.c_str()) != 0) give_up(report);
  end_with_parent(child.parent_death_signal, child.parent);
  ::execve(prepared.argument_pointers[0], prepared.argument_pointers.data(),
           prepared.variable_pointers.data());
  give_up(report);
}

// True when there is more to come.
bool append_from(int fd, std::string& text) {
  std::array<char, 8192> block;
  const ssize_t count = ::read(fd, block.data(), block.size());
  if (count < 0) return errno == EINTR || errno == EAGAIN;
  text.append(block.data(), static_cast<std::size_t>(count));
  if (text.size() > 2 * kKeptOutput) text.erase(0, text.size() - kKeptOutput);
  return count > 0;
}

enum class Collected { kAll, kTimedOut, kStopped };

// Reads both streams until they end.
Collected collect(UniqueFd output, UniqueFd answer, int stop_signals, Deadline deadline,
                  Finished& finished) {
  std::array<pollfd, 3> waits{pollfd{output.get(), POLLIN, 0}, pollfd{answer.get(), POLLIN, 0},
                              pollfd{stop_signals, POLLIN, 0}};
  while (waits[0].fd >= 0 || waits[1].fd >= 0) {
    const int ready = ::poll(waits.data(), waits.size(), deadline.poll_timeout());
    if (ready == 0) return Collected::kTimedOut;
    if (ready < 0) continue;
    if (waits[2].revents != 0) return Collected::kStopped;
    if (waits[0].revents != 0 && !append_from(waits[0].fd, finished.output)) waits[0].fd = -1;
    if (waits[1].revents != 0 && !append_from(waits[1].fd, finished.answer)) waits[1].fd = -1;
  }
  return Collected::kAll;
}

int wait_for(pid_t pid) {
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

std::size_t first_refused(const std::vector<Access>& accesses) noexcept {
  std::size_t index = 0;
  while (index < accesses.size() &&
         ::access(accesses[index].path.c_str(), accesses[index].mode) == 0)
    ++index;
  return index;
}

[[noreturn]] void answer_as(const Account& account, const std::vector<Access>& accesses,
                            int answer) noexcept {
  if (!become(account)) ::_exit(127);
  const std::size_t index = first_refused(accesses);
  static_cast<void>(!::write(answer, &index, sizeof index));
  ::_exit(0);
}

Result<std::size_t> first_refused_to(const Account& account, const std::vector<Access>& accesses) {
  if (account.uid == ::geteuid()) return first_refused(accesses);
  WARP_TRY(Pipe pipe, make_pipe());
  const pid_t pid = ::fork();
  if (pid < 0) return fail_errno("fork");
  if (pid == 0) answer_as(account, accesses, pipe.writer.get());
  pipe.writer.reset();
  std::size_t index = 0;
  const ssize_t count = ::read(pipe.reader.get(), &index, sizeof index);
  if (wait_for(pid) != 0 || count != static_cast<ssize_t>(sizeof index))
    return fail(Errc::kNoPermission,
                "cannot become user " + account.name + "; start as root or as that user");
  return index;
}

tl::unexpected<Error> refuse_log(const Command& command, const std::string& path, int error) {
  auto failure =
      fail_errno("open " + path + (command.user ? " as user " + command.user->name : ""), error);
  failure.value().detail +=
      "; give the file or its folder to the program's user, or name another: a regular file, "
      "no link";
  return failure;
}

}  // namespace

Result<pid_t> start_process(const Command& command, ChildDescriptors descriptors,
                            int parent_death_signal, ProcessGroup group) {
  WARP_TRY(Pipe report, make_pipe());
  Prepared prepared(command);
  const Child child{.descriptors = descriptors,
                    .user = command.user ? &*command.user : nullptr,
                    .parent = ::getpid(),
                    .parent_death_signal = parent_death_signal,
                    .report = report.writer.get(),
                    .group = group,
                    // As by nohup, for what a lost terminal would otherwise end together with us.
                    .ignores_hang_up = group == ProcessGroup::kOurs && is_ignored(SIGHUP)};
  const pid_t pid = ::fork();
  if (pid < 0) return fail_errno("fork");
  if (pid == 0) exec_child(prepared, child);
  if (group == ProcessGroup::kOwn) ::setpgid(pid, pid);
  report.writer.reset();
  Failure failure;
  if (::read(report.reader.get(), &failure, sizeof failure) != static_cast<ssize_t>(sizeof failure))
    return pid;
  wait_for(pid);
  if (failure.is_of_log) return refuse_log(command, descriptors.log, failure.error);
  return fail_errno("start " + command.arguments.front(), failure.error);
}

UniqueFd open_process(pid_t pid) {
  // Not pidfd_open: glibc 2.36 declares it without extern "C".
  return UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
}

bool ends_before(pid_t pid, Deadline deadline) {
  const UniqueFd process = open_process(pid);
  if (!process) return true;
  pollfd wait{process.get(), POLLIN, 0};
  int ready = -1;
  while ((ready = ::poll(&wait, 1, deadline.poll_timeout())) < 0 && errno == EINTR) continue;
  return ready != 0;
}

Result<Finished> run_to_end(const Command& command, int stop_signals) {
  WARP_TRY(Pipe output, make_pipe());
  WARP_TRY(Pipe answer, make_pipe());
  const UniqueFd nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  const ChildDescriptors descriptors{.input = nothing.get(),
                                     .output = output.writer.get(),
                                     .error = output.writer.get(),
                                     .answer = answer.writer.get()};
  WARP_TRY(const pid_t pid, start_process(command, descriptors, SIGKILL));
  output.writer.reset();
  answer.writer.reset();
  const Deadline deadline = Deadline::in(command.time_limit);
  Finished finished;
  const Collected collected =
      collect(std::move(output.reader), std::move(answer.reader), stop_signals, deadline, finished);
  finished.timed_out = collected == Collected::kTimedOut ||
                       (collected == Collected::kAll && !ends_before(pid, deadline));
  ::kill(-pid, SIGKILL);
  finished.status = wait_for(pid);
  if (collected == Collected::kStopped) return fail(Errc::kClosed, "stopped by a signal");
  return finished;
}

Result<std::optional<Access>> first_denied_to(const Account& account,
                                              const std::vector<Access>& accesses) {
  WARP_TRY(const std::size_t index, first_refused_to(account, accesses));
  if (index >= accesses.size()) return std::nullopt;
  return accesses[index];
}

}  // namespace warp
