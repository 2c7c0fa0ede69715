// A point in time until which something may wait. Passed down unchanged, so that nested waits share
// it.
#pragma once

#include <algorithm>
#include <chrono>
#include <compare>
#include <limits>

namespace warp {

class Deadline final {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Deadline(Clock::time_point at) : at_(at) {}
  static Deadline in(std::chrono::nanoseconds duration) {
    return Deadline(Clock::now() + duration);
  }
  // For waits that end by another event (a stop signal) and not by time.
  static Deadline never() { return Deadline(Clock::time_point::max()); }

  // The earlier one is less.
  [[nodiscard]] auto operator<=>(const Deadline&) const = default;
  [[nodiscard]] bool is_never() const { return at_ == Clock::time_point::max(); }
  [[nodiscard]] bool has_passed() const { return !is_never() && Clock::now() >= at_; }
  // Never negative.
  [[nodiscard]] std::chrono::nanoseconds remaining() const {
    if (is_never()) return std::chrono::nanoseconds::max();
    return std::max(std::chrono::nanoseconds::zero(),
                    std::chrono::duration_cast<std::chrono::nanoseconds>(at_ - Clock::now()));
  }
  // For poll(2): -1 for never, rounded up so that a wait does not end early.
  [[nodiscard]] int poll_timeout() const {
    if (is_never()) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(remaining()).count();
    return static_cast<int>(std::min<std::int64_t>(left, std::numeric_limits<int>::max()));
  }

 private:
  Clock::time_point at_;
};

}  // namespace warp
