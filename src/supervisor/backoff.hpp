// How long a slot waits before it tries again: an application that can't live must not keep the
// machine busy, one that has an accident must be back at once.
#pragma once

#include <chrono>
#include <optional>

namespace warp::supervisor {

class Backoff final {
 public:
  // Zero for the first crash of a worker that had been ready, else 1, 2, 4 … 60 s. Counting starts
  // anew with a worker that had been ready for more than a second.
  [[nodiscard]] std::chrono::seconds after_crash(std::optional<std::chrono::nanoseconds> ready_for);
  // 5, 10, 20, 40, 60 s.
  [[nodiscard]] std::chrono::seconds after_failed_load();
  // The application could be loaded.
  void loaded() { failed_loads_ = 0; }

  static constexpr std::chrono::seconds kLongest{60};

 private:
  unsigned crashes_ = 0;       // in a row, soon after the start
  unsigned failed_loads_ = 0;  // in a row
};

}  // namespace warp::supervisor
