// Where a request's time goes, and what is told about it in the access log.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace warp {

struct ProcessGroup;

enum class Phase : std::uint8_t {
  kQueue,     // waits for a worker that takes it
  kWorker,    // a worker has it
  kDelivery,  // the worker is done with it
};

// Part of a request, kept until it is logged. Only one thread at a time has the request.
class Journey final {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  void begin(const ProcessGroup& group, TimePoint now) {
    group_ = &group;
    since_ = now;
  }
  void enter(Phase phase, TimePoint now) {
    spent_[static_cast<std::size_t>(phase_)] += now - since_;
    since_ = now;
    phase_ = phase;
  }
  // So much of the time that a worker has had it, it has waited there for a thread.
  void waited_in_worker(std::chrono::nanoseconds duration, TimePoint now) {
    const auto waited = std::clamp(duration, std::chrono::nanoseconds::zero(), now - since_);
    spent_[static_cast<std::size_t>(Phase::kQueue)] += waited;
    since_ += waited;
  }
  [[nodiscard]] TimePoint entered_at() const { return since_; }
  void enter_worker(std::uint32_t slot, TimePoint now) {
    enter(Phase::kWorker, now);
    slot_ = slot;
  }

  // The group that it was for; nullptr: it has never come to the handler.
  [[nodiscard]] const ProcessGroup* group() const { return group_; }
  // Of a phase that has been left.
  [[nodiscard]] std::chrono::microseconds spent(Phase phase) const {
    return std::chrono::duration_cast<std::chrono::microseconds>(
        spent_[static_cast<std::size_t>(phase)]);
  }
  // Of the last worker that had it; none: none had it.
  [[nodiscard]] std::optional<std::uint32_t> slot() const { return slot_; }

  unsigned attempt = 1;
  std::string_view id;  // in the request's pool

 private:
  const ProcessGroup* group_ = nullptr;
  Phase phase_ = Phase::kQueue;
  TimePoint since_;
  std::array<std::chrono::nanoseconds, 3> spent_{};
  std::optional<std::uint32_t> slot_;
};

}  // namespace warp
