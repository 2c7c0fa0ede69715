#include "worker/stop_signal.hpp"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <utility>

namespace warp::worker {
namespace {

// A signal handler has no other way to its data.
// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables)
std::atomic<int> stop_event{-1};
std::atomic<pid_t> stop_event_owner{0};
std::atomic<bool> is_told_to_stop{false};
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)

void on_terminate(int signal) {
  const int saved_errno = errno;
  if (::getpid() == stop_event_owner) {
    if (signal == SIGTERM) is_told_to_stop = true;
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(stop_event, &one, sizeof one);
  } else {
    ::signal(signal, SIG_DFL);
    ::raise(signal);
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

}  // namespace

bool StopSignal::is_handover() const { return !is_told_to_stop; }

Result<StopSignal> take_stop_signal() {
  UniqueFd event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!event) return fail_errno("eventfd");
  // The handler's own copy: the caller may close his.
  const int copy = ::fcntl(event.get(), F_DUPFD_CLOEXEC, 0);
  if (copy < 0) return fail_errno("duplicate the stop event");
  stop_event = copy;
  stop_event_owner = ::getpid();
  is_told_to_stop = false;
  WARP_CHECK(handle(SIGTERM, on_terminate));
  WARP_CHECK(handle(SIGUSR1, on_terminate));
  // Handlers and not SIG_IGN, which programs that the application starts would inherit.
  WARP_CHECK(handle(SIGINT, on_terminal_signal));
  WARP_CHECK(handle(SIGHUP, on_terminal_signal));
  WARP_CHECK(handle(SIGPIPE, SIG_IGN));
  return StopSignal(std::move(event));
}

}  // namespace warp::worker
