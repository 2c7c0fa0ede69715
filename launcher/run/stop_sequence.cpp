#include "launcher/run/stop_sequence.hpp"

#include <algorithm>
#include <csignal>

namespace warp {
namespace {

// httpd looks once a second whether its own GracefulShutdownTimeout has passed; it shall be first.
constexpr std::chrono::seconds kHttpdsOwnDelay{2};
// Supervisors and workers whose httpd had no time to end them: its death tells them.
constexpr std::chrono::seconds kForOrphans{2};

}  // namespace

std::chrono::seconds default_shutdown_delay(pid_t launcher, bool has_terminal) {
  constexpr std::chrono::seconds kForBalancers{5};
  return launcher == 1 && !has_terminal ? kForBalancers : std::chrono::seconds(0);
}

std::chrono::seconds longest_stop(const StopTimes& times) {
  return times.delay + times.graceful + kHttpdsOwnDelay + times.shutdown +
         std::min(times.shutdown, kForOrphans) + times.services;
}

std::chrono::seconds StopSequence::time_for_orphans() const {
  const bool was_terminated = stage_ == Stage::kTerminating || stage_ == Stage::kKilled;
  return was_terminated ? std::min(times_.shutdown, kForOrphans) : times_.shutdown;
}

std::optional<Order> StopSequence::on_signal(int signal, Time now) {
  switch (signal) {
    case SIGINT:
    case SIGTERM:
    case SIGQUIT:
      return go_on(now);
    case SIGHUP:
      if (is_stopping()) return std::nullopt;
      return Order::kReload;
    case SIGUSR1:
      if (is_stopping()) return std::nullopt;
      return Order::kGracefulRestart;
    default:
      // SIGWINCH among them: a terminal's resize, which httpd would take for a graceful stop.
      return std::nullopt;
  }
}

std::optional<Order> StopSequence::on_deadline(Time now) { return go_on(now); }

std::optional<Order> StopSequence::go_on(Time now) {
  switch (stage_) {
    case Stage::kRunning:
      if (times_.delay.count() > 0) {
        stage_ = Stage::kDelaying;
        deadline_ = Deadline(now + times_.delay);
        return Order::kNotReady;
      }
      [[fallthrough]];
    case Stage::kDelaying:
      stage_ = Stage::kDraining;
      deadline_ = Deadline(now + times_.graceful + kHttpdsOwnDelay);
      return Order::kGracefulStop;
    case Stage::kDraining:
      stage_ = Stage::kTerminating;
      deadline_ = Deadline(now + times_.shutdown);
      return Order::kTerminate;
    case Stage::kTerminating:
      stage_ = Stage::kKilled;
      deadline_ = Deadline::never();
      return Order::kKill;
    case Stage::kKilled:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace warp
