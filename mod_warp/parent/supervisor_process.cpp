#include "mod_warp/parent/supervisor_process.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <span>

#include "base/signals.hpp"
#include "base/unique_fd.hpp"
#include "wire/heritage.hpp"

namespace warp {
namespace {

// How far the new process came; the last one named in a report is the one that failed.
enum class Step : int { kDescriptors, kPriority, kUser, kExec };

struct Report {
  Step step{};
  int error = 0;
};

constexpr int kExitNotStarted = 71;
constexpr int kRestart = SIGUSR1;

const char* name_of(Step step) {
  switch (step) {
    case Step::kDescriptors:
      return "hand over descriptors to ";
    case Step::kPriority:
      return "set cpu-priority of ";
    case Step::kUser:
      return "switch the user for ";
    case Step::kExec:
      break;
  }
  return "exec ";
}

// --- in the new process: async-signal-safe only ---

// Moves all out of the way first, as a source may have the number of another's target. Gives the
// report's new number, the only one left above the heritage.
int place_descriptors(std::span<int> descriptors, int report) noexcept {
  const int first = wire::SupervisorHeritage::kConfig;
  const int end = first + static_cast<int>(descriptors.size());
  for (int& descriptor : descriptors)
    if ((descriptor = ::fcntl(descriptor, F_DUPFD_CLOEXEC, end + 1)) < 0) return -1;
  const int moved_report = ::fcntl(report, F_DUPFD_CLOEXEC, end + 1);
  if (moved_report < 0) return -1;
  for (std::size_t i = 0; i < descriptors.size(); ++i)
    if (::dup2(descriptors[i], first + static_cast<int>(i)) < 0) return -1;
  if (::dup3(moved_report, end, O_CLOEXEC) < 0) return -1;
  // Should the kernel not have it: all of httpd's descriptors are CLOEXEC anyway.
  ::close_range(static_cast<unsigned>(end) + 1, ~0U, 0);
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  const bool has_standard =
      null >= 0 && ::dup2(null, STDIN_FILENO) >= 0 && ::dup2(STDERR_FILENO, STDOUT_FILENO) >= 0;
  return has_standard ? end : -1;
}

// Until the program takes it: before that, it would end the process.
void hold_back(int signal) noexcept {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  ::sigprocmask(SIG_BLOCK, &set, nullptr);
}

bool go_before_others(int priority) noexcept {
  return priority >= 0 || ::setpriority(PRIO_PROCESS, 0, priority) == 0;
}

void sleep_for(std::chrono::seconds duration) noexcept {
  timespec left{.tv_sec = static_cast<time_t>(duration.count()), .tv_nsec = 0};
  while (::nanosleep(&left, &left) != 0 && errno == EINTR) {
  }
}

void write_text(const char* text) noexcept {
  if (::write(STDERR_FILENO, text, std::strlen(text)) < 0) return;
}

[[noreturn]] void give_up(Step step, const SupervisorCommand& command, int report) noexcept {
  const Report failure{.step = step, .error = errno};
  if (command.delay.count() > 0) {
    write_text("mod_warp: can't ");
    write_text(name_of(step));
    write_text(command.program.c_str());
    write_text("\n");
  } else if (::write(report, &failure, sizeof failure) < 0) {
    ::_exit(kExitNotStarted);
  }
  ::_exit(kExitNotStarted);
}

[[noreturn]] void become_supervisor(SupervisorCommand& command, char* const* arguments,
                                    pid_t parent, int report) noexcept {
  reset_signals();
  hold_back(kRestart);
  // Out of reach of signals for httpd's whole group: prefork sends its own there, terminals Ctrl-C.
  ::setpgid(0, 0);
  const int placed = place_descriptors(command.descriptors, report);
  if (placed < 0) give_up(Step::kDescriptors, command, report);
  if (!go_before_others(command.priority)) give_up(Step::kPriority, command, placed);
  if (!become(command.run_as)) give_up(Step::kUser, command, placed);
  end_with_parent(SIGTERM, parent);
  ::umask(command.umask);
  if (command.delay.count() > 0) sleep_for(command.delay);
  ::execv(command.program.c_str(), arguments);
  give_up(Step::kExec, command, placed);
}

// --- in httpd's parent ---

// The pipe's end is the exec: its descriptor is CLOEXEC.
Result<> await_exec(int reader, pid_t pid, const std::string& program) {
  Report failure;
  ssize_t size = 0;
  do {
    size = ::read(reader, &failure, sizeof failure);
  } while (size < 0 && errno == EINTR);
  if (size != sizeof failure) return {};
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
  return fail_errno(name_of(failure.step) + program, failure.error);
}

}  // namespace

Result<pid_t> spawn_supervisor(SupervisorCommand command) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail_errno("pipe");
  const UniqueFd reader(ends[0]);
  UniqueFd writer(ends[1]);
  // execv takes char*; it does not write.
  const std::array<char*, 3> arguments = {const_cast<char*>("warp-supervisor"),
                                          const_cast<char*>(command.group.c_str()), nullptr};
  const pid_t self = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) return fail_errno("fork warp-supervisor");
  if (pid == 0) become_supervisor(command, arguments.data(), self, writer.get());
  writer.reset();
  if (command.delay.count() == 0) WARP_CHECK(await_exec(reader.get(), pid, command.program));
  return pid;
}

void announce_restart(pid_t supervisor) { ::kill(supervisor, kRestart); }

}  // namespace warp
