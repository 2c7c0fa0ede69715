// How long a child still waits for a worker that has a request, and for what: that a thread takes
// the request up, or that the application says something. Each has a limit of its own.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

#include "base/deadline.hpp"

namespace warp::core {

class WorkerPatience final {
 public:
  using TimePoint = Deadline::Clock::time_point;
  struct Limits {
    TimePoint queue_end;                // by then a thread must have taken the request up
    std::chrono::milliseconds silence;  // of the application, once called
  };
  enum class Waits : std::uint8_t { kForThread, kForApplication };

  WorkerPatience(TimePoint sent, const Limits& limits)
      : sent_(sent), since_(sent), limits_(limits) {}

  // What can be seen from outside before the worker has said anything.
  struct Sight {
    TimePoint now;
    std::optional<TimePoint> started;  // a thread has the request; a worker can say anything here
    bool is_crowded = false;           // the worker has more requests than threads
  };
  void see(const Sight& sight);
  // The application has said something, or what has been waited for was not its fault.
  void heard(TimePoint now);

  [[nodiscard]] Waits waits() const {
    return is_queued_ ? Waits::kForThread : Waits::kForApplication;
  }
  // Of the patience.
  [[nodiscard]] TimePoint end() const {
    return is_queued_ ? limits_.queue_end : std::max(since_ + limits_.silence, not_before_);
  }
  // Nothing but heard() changes the end any more.
  [[nodiscard]] bool is_certain() const { return is_started_; }

 private:
  TimePoint sent_;
  TimePoint since_;
  TimePoint not_before_;
  Limits limits_;
  bool is_started_ = false;
  bool is_queued_ = false;
};

}  // namespace warp::core
