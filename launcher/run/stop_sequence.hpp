// What the launcher's signals mean for httpd, and how a stop goes on when httpd takes too long.
// Decisions only; run_httpd.cpp carries them out.
#pragma once

#include <chrono>
#include <optional>

#include "base/deadline.hpp"

namespace warp {

enum class Order {
  kGracefulStop,     // requests end, then httpd
  kGracefulRestart,  // the configuration is read again, requests go on
  kTerminate,        // httpd ends its children now
  kKill,             // everything of httpd's, at once
};

class StopSequence final {
 public:
  using Time = Deadline::Clock::time_point;

  StopSequence(std::chrono::seconds graceful_timeout, std::chrono::seconds shutdown_timeout)
      : graceful_timeout_(graceful_timeout), shutdown_timeout_(shutdown_timeout) {}

  [[nodiscard]] std::optional<Order> on_signal(int signal, Time now);
  // At deadline() or later.
  [[nodiscard]] std::optional<Order> on_deadline(Time now);
  [[nodiscard]] Deadline deadline() const { return deadline_; }
  [[nodiscard]] bool is_stopping() const { return stage_ != Stage::kRunning; }

 private:
  enum class Stage { kRunning, kDraining, kTerminating, kKilled };

  std::optional<Order> go_on(Time now);

  std::chrono::seconds graceful_timeout_;
  std::chrono::seconds shutdown_timeout_;
  Stage stage_ = Stage::kRunning;
  Deadline deadline_ = Deadline::never();
};

}  // namespace warp
