#include "launcher/host/stop_signals.hpp"

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "base/signals.hpp"

namespace warp {

Result<StopSignals> StopSignals::take_over() {
  WARP_TRY(UniqueFd descriptor, take_signals({SIGINT, SIGTERM, SIGQUIT, SIGHUP}));
  // Blocked, even an ignored signal would be read.
  sigset_t ignored;
  sigemptyset(&ignored);
  for (const int signal : std::array{SIGINT, SIGTERM, SIGQUIT, SIGHUP})
    if (is_ignored(signal)) sigaddset(&ignored, signal);
  ::sigprocmask(SIG_UNBLOCK, &ignored, nullptr);
  return StopSignals(std::move(descriptor));
}

bool StopSignals::has_come() const {
  if (first_) return true;
  pollfd wait{descriptor_.get(), POLLIN, 0};
  return ::poll(&wait, 1, 0) == 1;
}

Result<> StopSignals::check() const {
  if (has_come()) return fail(Errc::kClosed, "stopped by a signal");
  return {};
}

std::optional<StopSignal> StopSignals::read() {
  signalfd_siginfo info{};
  if (::read(descriptor_.get(), &info, sizeof info) != static_cast<ssize_t>(sizeof info))
    return std::nullopt;
  // A hang-up comes to the session's leader alone.
  const bool is_from_terminal = info.ssi_code == SI_KERNEL && info.ssi_signo != SIGHUP;
  const StopSignal signal{.number = static_cast<int>(info.ssi_signo),
                          .is_from_terminal = is_from_terminal};
  if (!first_) first_ = signal.number;
  return signal;
}

std::optional<int> StopSignals::first() {
  if (!first_) read();
  return first_;
}

void unblock_signals() noexcept {
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

}  // namespace warp
