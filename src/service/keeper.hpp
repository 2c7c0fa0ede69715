// The life of one side process: decisions only, so that it can be tested without processes.
#pragma once

#include <chrono>
#include <optional>

#include "base/backoff.hpp"

namespace warp::service {

using Clock = std::chrono::steady_clock;

class Keeper final {
 public:
  enum class Order { kStart, kTerminate, kKill, kEnd };

  // How long the program may take to end when it is told to.
  explicit Keeper(std::chrono::seconds patience) : patience_(patience) {}

  // The program runs since then.
  void started(Clock::time_point now);
  // It has ended, or could not be started.
  [[nodiscard]] std::optional<Order> ended(Clock::time_point now);
  // We are told to stop; a second time: at once.
  [[nodiscard]] Order stop(Clock::time_point now);
  // When deadline() has come.
  [[nodiscard]] std::optional<Order> on_deadline();

  [[nodiscard]] std::optional<Clock::time_point> deadline() const { return deadline_; }
  [[nodiscard]] bool is_stopping() const { return is_stopping_; }

 private:
  std::chrono::seconds patience_;
  Backoff backoff_;
  std::optional<Clock::time_point> started_at_;  // while it runs
  std::optional<Clock::time_point> deadline_;
  bool is_stopping_ = false;
};

}  // namespace warp::service
