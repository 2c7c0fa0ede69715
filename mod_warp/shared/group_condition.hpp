// How a process group is, as far as httpd's processes know: in the ledger, so that it can be
// believed.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>

namespace warp {

// Zeroed memory is a valid value. Read with each request, so it has a cache line of its own.
class alignas(64) GroupCondition final {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  // A supervisor takes the place of one that was lost when it has lived for so long: one that ends
  // again and again is none.
  static constexpr std::chrono::seconds kProof{5};

  // httpd's parent has started a supervisor whose work begins then, or goes on with one.
  void supervisor_starts(TimePoint at) { set(supervisor_starts_at_, at); }
  void supervisor_ended(TimePoint now) {
    if (has_supervisor(now))
      set(supervisor_lost_at_, now);
    else
      set_once(supervisor_lost_at_, now);
    supervisor_starts_at_.store(0, std::memory_order_relaxed);
  }
  [[nodiscard]] std::optional<TimePoint> supervisor_lost_at(TimePoint now) const {
    return has_supervisor(now) ? std::nullopt : read(supervisor_lost_at_);
  }

  void note_ready() {
    if (!was_ready()) was_ready_.store(1, std::memory_order_relaxed);
  }
  [[nodiscard]] bool was_ready() const { return was_ready_.load(std::memory_order_relaxed) != 0; }

  // A request has found a free thread.
  void note_room() {
    if (saturated_since_.load(std::memory_order_relaxed) != 0)
      saturated_since_.store(0, std::memory_order_relaxed);
  }
  // A request has found none.
  void note_saturation(TimePoint now) {
    if (saturated_since_.load(std::memory_order_relaxed) == 0) set_once(saturated_since_, now);
  }
  // As the last requests have found it: there may be room by now.
  [[nodiscard]] std::optional<TimePoint> saturated_since() const { return read(saturated_since_); }

 private:
  using Time = std::atomic<std::int64_t>;  // nanoseconds of the steady clock; 0: not so

  [[nodiscard]] bool has_supervisor(TimePoint now) const {
    const std::optional<TimePoint> start = read(supervisor_starts_at_);
    return start && now >= *start + kProof;
  }
  static void set(Time& time, TimePoint at) {
    time.store(at.time_since_epoch().count(), std::memory_order_relaxed);
  }
  static void set_once(Time& time, TimePoint now) {
    std::int64_t unset = 0;
    time.compare_exchange_strong(unset, now.time_since_epoch().count(), std::memory_order_relaxed);
  }
  [[nodiscard]] static std::optional<TimePoint> read(const Time& time) {
    const std::int64_t at = time.load(std::memory_order_relaxed);
    if (at == 0) return std::nullopt;
    return TimePoint(std::chrono::nanoseconds(at));
  }

  Time supervisor_starts_at_;
  Time supervisor_lost_at_;  // the first of those that have ended since one had lived for long
  Time saturated_since_;
  std::atomic<std::uint32_t> was_ready_;
};

}  // namespace warp
