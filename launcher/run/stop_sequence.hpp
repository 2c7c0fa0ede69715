// What the launcher's signals mean for httpd, and how a stop goes on when httpd takes too long.
// Decisions only; run_httpd.cpp carries them out.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>

#include "base/deadline.hpp"

namespace warp {

enum class Order {
  kReload,           // new workers; httpd goes on
  kNotReady,         // whoever sends requests here is told to stop that; all goes on
  kGracefulStop,     // requests end, then httpd
  kGracefulRestart,  // the configuration is read again, requests go on
  kTerminate,        // httpd ends its children now
  kKill,             // everything of httpd's, at once
};

struct StopTimes {
  std::chrono::seconds delay{};     // from the signal to the end of accepting
  std::chrono::seconds graceful{};  // for the requests that run then
  std::chrono::seconds shutdown{};  // for the processes after that
  std::chrono::seconds services{};  // for all services together, once httpd has ended
};

// A balancer needs some seconds to see that the first process of a container does not want requests
// any more; who pressed Ctrl-C has none.
[[nodiscard]] std::chrono::seconds default_shutdown_delay(pid_t launcher, bool has_terminal);

// From the signal to the end of the last process, when each stage takes all of its time.
[[nodiscard]] std::chrono::seconds longest_stop(const StopTimes& times);

class StopSequence final {
 public:
  using Time = Deadline::Clock::time_point;

  explicit StopSequence(const StopTimes& times) : times_(times) {}

  [[nodiscard]] std::optional<Order> on_signal(int signal, Time now);
  // At deadline() or later.
  [[nodiscard]] std::optional<Order> on_deadline(Time now);
  [[nodiscard]] Deadline deadline() const { return deadline_; }
  // How long what httpd has left behind may take to end, once httpd has ended.
  [[nodiscard]] std::chrono::seconds time_for_orphans() const;
  [[nodiscard]] bool is_stopping() const { return stage_ != Stage::kRunning; }

 private:
  enum class Stage { kRunning, kDelaying, kDraining, kTerminating, kKilled };

  std::optional<Order> go_on(Time now);

  StopTimes times_;
  Stage stage_ = Stage::kRunning;
  Deadline deadline_ = Deadline::never();
};

}  // namespace warp
