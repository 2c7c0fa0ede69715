#include "worker/stop_signal.hpp"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>

namespace warp::worker {
namespace {

struct Subject {
  int signal;
  // In a process that the application has forked.
  enum class WhenForked : bool { kNothing, kUsualEffect } when_forked;
};
constexpr std::array kSubjects = {Subject{SIGTERM, Subject::WhenForked::kUsualEffect},
                                  Subject{SIGUSR1, Subject::WhenForked::kUsualEffect},
                                  Subject{SIGUSR2, Subject::WhenForked::kNothing},
                                  Subject{SIGHUP, Subject::WhenForked::kNothing}};
enum Index : std::size_t { kStop, kReplaced, kStacks, kCodeCheck };

// A signal handler has no other way to its data.
// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables)
std::array<std::atomic<int>, kSubjects.size()> events{-1, -1, -1, -1};
std::atomic<pid_t> owner{0};
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)

void on_signal(int signal) {
  const int saved_errno = errno;
  for (std::size_t i = 0; i < kSubjects.size(); ++i) {
    if (kSubjects[i].signal != signal) continue;
    if (::getpid() == owner) {
      const std::uint64_t one = 1;
      [[maybe_unused]] const ssize_t written = ::write(events[i], &one, sizeof one);
    } else if (kSubjects[i].when_forked == Subject::WhenForked::kUsualEffect) {
      ::signal(signal, SIG_DFL);
      ::raise(signal);
    }
  }
  errno = saved_errno;
}

void on_terminal_signal(int /*signal*/) {}

Result<> handle(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  if (::sigaction(signal, &action, nullptr) != 0) return fail_errno("sigaction");
  return {};
}

Result<UniqueFd> take(Index index) {
  UniqueFd event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!event) return fail_errno("eventfd");
  // The handler's own copy: the caller may close his.
  const int copy = ::fcntl(event.get(), F_DUPFD_CLOEXEC, 0);
  if (copy < 0) return fail_errno("duplicate a signal's event");
  events[index] = copy;
  owner = ::getpid();
  WARP_CHECK(handle(kSubjects[index].signal, on_signal));
  return event;
}

}  // namespace

Result<UniqueFd> take_stacks_signal() { return take(kStacks); }

Result<> keep_stacks_signal() { return handle(SIGUSR2, on_signal); }

Result<StopSignals> take_stop_signals() {
  WARP_TRY(UniqueFd stop, take(kStop));
  WARP_TRY(UniqueFd replaced, take(kReplaced));
  WARP_TRY(UniqueFd code_check, take(kCodeCheck));
  // A handler and not SIG_IGN, which programs that the application starts would inherit.
  WARP_CHECK(handle(SIGINT, on_terminal_signal));
  WARP_CHECK(handle(SIGPIPE, SIG_IGN));
  return StopSignals{.stop = std::move(stop),
                     .replaced = std::move(replaced),
                     .code_check = std::move(code_check)};
}

}  // namespace warp::worker
