// Lines of one kind in a log: one per second, with the number of those that were left out.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>

namespace warp::core {

// Lies in shared memory, zeroed at first; for any number of processes.
class LogLimit final {
 public:
  // So many lines have been left out since the last one; nullopt: this one is left out.
  [[nodiscard]] std::optional<std::uint32_t> admit(std::chrono::steady_clock::time_point now) {
    constexpr std::int64_t kPause = 1'000'000'000;
    const std::int64_t at = now.time_since_epoch().count();
    std::int64_t next = next_.load(std::memory_order_relaxed);
    if (at < next || !next_.compare_exchange_strong(next, at + kPause)) {
      left_out_.fetch_add(1, std::memory_order_relaxed);
      return std::nullopt;
    }
    return left_out_.exchange(0, std::memory_order_relaxed);
  }

 private:
  std::atomic<std::int64_t> next_;  // nanoseconds of the steady clock
  std::atomic<std::uint32_t> left_out_;
};

}  // namespace warp::core
