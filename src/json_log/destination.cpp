#include "json_log/destination.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <memory>
#include <string>

namespace warp {
namespace {

struct Spawned {
  UniqueFd fd;
  pid_t program;
};

// The program starts with the signals that we keep for ourselves, and out of reach of those for
// httpd's whole group, which would end it before the last lines have come.
Result<pid_t> spawn(std::span<char* const> arguments, int input) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none;
  ::sigemptyset(&none);
  sigset_t ignored_here;
  ::sigemptyset(&ignored_here);
  ::sigaddset(&ignored_here, SIGPIPE);
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setsigdefault(&attributes, &ignored_here);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  ::posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  pid_t pid = 0;
  const int error =
      ::posix_spawn(&pid, arguments[0], &actions, &attributes, arguments.data(), environ);
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return fail_errno("start " + std::string(arguments[0]), error);
  return pid;
}

Result<Spawned> start(std::span<char* const> arguments) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail_errno("pipe");
  UniqueFd input(ends[0]);
  UniqueFd output(ends[1]);
  WARP_TRY(const pid_t program, spawn(arguments, input.get()));
  return Spawned{std::move(output), program};
}

}  // namespace

Result<Destination> Destination::open(std::span<char* const> arguments) {
  const std::string first = arguments.empty() ? "" : arguments[0];
  if (first == "--through" && arguments.size() > 1) {
    // A program that has ended must not end us.
    ::signal(SIGPIPE, SIG_IGN);
    WARP_TRY(Spawned spawned, start(arguments.subspan(1)));
    return Destination(std::move(spawned.fd), spawned.program);
  }
  if (arguments.size() != 1 || first.empty() || first == "--through")
    return fail(Errc::kUsage, "warp-json-log FILE, or -, or --through PROGRAM [ARGUMENT ...]");
  if (first == "-") return Destination(UniqueFd(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)));
  UniqueFd file(::open(first.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644));
  if (!file) return fail_errno("open " + first);
  return Destination(std::move(file));
}

Destination::~Destination() {
  fd_.reset();
  if (program_ > 0) ::waitpid(program_, nullptr, 0);
}

void Destination::write(std::string_view text) const {
  while (!text.empty()) {
    const ssize_t written = ::write(fd_.get(), text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace warp
