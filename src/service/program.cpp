#include "service/program.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "base/signals.hpp"

namespace warp::service {
namespace {

// Between fork and exec: only async-signal-safe calls.
[[noreturn]] void become_program(char* const* words, pid_t parent) {
  constexpr int kNoSuchProgram = 127;
  ::setpgid(0, 0);
  reset_signals();
  end_with_parent(SIGKILL, parent);
  ::execv(words[0], words);
  ::_exit(kNoSuchProgram);
}

}  // namespace

Result<pid_t> start_program(std::span<char* const> words) {
  const pid_t self = ::getpid();
  const pid_t program = ::fork();
  if (program < 0) return fail_errno("fork");
  if (program == 0) become_program(words.data(), self);
  ::setpgid(program, program);
  return program;
}

void signal_program(pid_t program, int signal) {
  // Before it has its group it is reached by its own number.
  if (::kill(-program, signal) != 0) ::kill(program, signal);
}

std::optional<int> reap(pid_t program) {
  // Not reaped yet, it still lends its number to its group.
  siginfo_t ended{};
  constexpr int kLook = WEXITED | WNOHANG | WNOWAIT;
  if (::waitid(P_PID, static_cast<id_t>(program), &ended, kLook) != 0 || ended.si_pid != program)
    return std::nullopt;
  ::kill(-program, SIGKILL);
  int status = 0;
  ::waitpid(program, &status, 0);
  return status;
}

}  // namespace warp::service
