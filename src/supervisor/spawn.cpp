#include "supervisor/spawn.hpp"

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include "base/signals.hpp"
#include "wire/heritage.hpp"

namespace warp::supervisor {
namespace {

using wire::WorkerHeritage;

struct Pipe {
  UniqueFd reading;
  UniqueFd writing;
};

Result<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail_errno("pipe to a worker");
  return Pipe{.reading = UniqueFd(ends[0]), .writing = UniqueFd(ends[1])};
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> result;
  result.reserve(texts.size() + 1);
  // execve only reads; its prototype is older than const.
  for (const std::string& text : texts) result.push_back(const_cast<char*>(text.c_str()));
  result.push_back(nullptr);
  return result;
}

// Everything that the child needs, made before the fork.
struct Plan {
  const char* program;
  char* const* arguments;
  char* const* environment;
  std::array<int, 6> heritage;  // what becomes descriptors 3 to 8
  int failure;                  // gets errno when exec fails
  pid_t parent;
};

[[noreturn]] void report_failure(int pipe) {
  const int reason = errno;
  [[maybe_unused]] const ssize_t written = ::write(pipe, &reason, sizeof reason);
  ::_exit(127);
}

// Between fork and exec: only async-signal-safe calls.
[[noreturn]] void become_worker(Plan plan) {
  constexpr int kFirst = WorkerHeritage::kConfig;
  constexpr int kAboveHeritage = WorkerHeritage::kSeries + 1;
  // First out of the way: a source may sit on the number that another is to get.
  for (int& fd : plan.heritage) {
    fd = ::fcntl(fd, F_DUPFD_CLOEXEC, kAboveHeritage);
    if (fd < 0) report_failure(plan.failure);
  }
  const int failure = ::fcntl(plan.failure, F_DUPFD_CLOEXEC, kAboveHeritage);
  if (failure < 0) report_failure(plan.failure);
  for (int i = 0; i < static_cast<int>(plan.heritage.size()); ++i)
    if (::dup2(plan.heritage[static_cast<std::size_t>(i)], kFirst + i) < 0) report_failure(failure);
  ::close_range(kAboveHeritage, ~0U, CLOSE_RANGE_CLOEXEC);
  reset_signals();
  end_with_parent(SIGTERM, plan.parent);
  ::execve(plan.program, plan.arguments, plan.environment);
  report_failure(failure);
}

// Waits for the exec, which closes the pipe, or for the reason why there was none.
Result<> wait_for_exec(const UniqueFd& failure, const std::string& program) {
  int reason = 0;
  ssize_t count = 0;
  do {
    count = ::read(failure.get(), &reason, sizeof reason);
  } while (count < 0 && errno == EINTR);
  if (count == 0) return {};
  if (count != static_cast<ssize_t>(sizeof reason)) return fail_errno("start " + program);
  return fail_errno("execute " + program, reason);
}

}  // namespace

Result<StatusPipe> make_status_pipe() {
  WARP_TRY(Pipe pipe, make_pipe());
  if (::fcntl(pipe.reading.get(), F_SETFL, O_NONBLOCK) != 0) return fail_errno("fcntl");
  return StatusPipe{.reading = std::move(pipe.reading), .writing = std::move(pipe.writing)};
}

Result<pid_t> spawn_worker(const WorkerCommand& command) {
  WARP_TRY(Pipe failure, make_pipe());
  const std::vector<char*> arguments = pointers(command.arguments);
  const std::vector<char*> environment = pointers(command.environment);
  const Plan plan{.program = command.program.c_str(),
                  .arguments = arguments.data(),
                  .environment = environment.data(),
                  .heritage = {command.config, command.segment, command.connector, command.status,
                               command.crash, command.series},
                  .failure = failure.writing.get(),
                  .parent = ::getpid()};
  const pid_t pid = ::fork();
  if (pid < 0) return fail_errno("fork a worker");
  if (pid == 0) become_worker(plan);
  failure.writing.reset();
  if (auto executed = wait_for_exec(failure.reading, command.program); !executed) {
    ::waitpid(pid, nullptr, 0);
    return tl::unexpected(std::move(executed).error());
  }
  return pid;
}

}  // namespace warp::supervisor
