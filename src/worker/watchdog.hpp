// Looks after the threads that serve requests, from a thread that needs nothing of the
// interpreter's to notice: requests that are silent for too long, or slow, an interpreter whose
// lock is never free, and whoever asks for the stacks.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <thread>
#include <vector>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "scoreboard/scoreboard.hpp"
#include "worker/errands.hpp"
#include "worker/inspector.hpp"
#include "worker/serving_thread.hpp"
#include "worker/stack_report.hpp"

namespace warp::worker {

// Zero: no such limit.
struct WatchLimits {
  std::chrono::milliseconds request{0};    // silence within a request
  std::chrono::milliseconds interrupt{0};  // from the exception in the thread to its effect
  std::chrono::milliseconds deadlock{0};   // for the interpreter's lock
  std::chrono::milliseconds slow{0};       // a request that takes longer is logged with its stack
};

// What the watchdog can't do by itself. Called on its thread.
struct WatchEvents {
  // Once: a request holds its thread beyond its time.
  std::function<void()> overdue;
  // The interpreter is dead; the stacks have been logged.
  std::function<void()> deadlocked;
  // After drain(), again and again: all requests that are left, so many, are overdue.
  std::function<void(std::size_t)> only_overdue_left;
};

class Watchdog final {
 public:
  using Clock = ServingThread::Clock;

  struct Subjects {
    std::span<const ServingThread> threads;
    Inspector* inspector;  // may be null: then there are no stacks
    const scoreboard::Scoreboard& board;
    std::uint32_t slot;
    int stacks_wanted;  // an eventfd: whoever writes to it gets all stacks into the log; -1: nobody
  };

  // What the subjects name outlives the watchdog.
  [[nodiscard]] static Result<std::unique_ptr<Watchdog>> create(const Subjects& subjects,
                                                                const WatchLimits& limits,
                                                                WatchEvents events);

  // The worker is about to stop: WatchEvents::only_overdue_left from now on.
  void drain();

 private:
  enum class Phase : std::uint8_t { kInTime, kInterrupted, kOverdue };
  struct Case {
    std::uint64_t number = 0;  // of the request
    Phase phase = Phase::kInTime;
    Clock::time_point until;  // of kInterrupted
  };

  Watchdog(const Subjects& subjects, const WatchLimits& limits, WatchEvents events, UniqueFd wake);
  void run(const std::stop_token& stop);
  [[nodiscard]] Clock::time_point look_at_requests(Clock::time_point now);
  [[nodiscard]] Clock::time_point time_is_up(const ServingThread::Request& request) const;
  void deal_with(const std::vector<std::uint32_t>& late);
  void report_overdue();
  [[nodiscard]] Clock::time_point slow_at(const ServingThread::Request& request) const;
  [[nodiscard]] Clock::time_point look_for_slow(Clock::time_point now);
  void log_slow(const std::vector<std::uint32_t>& slow);
  [[nodiscard]] Clock::time_point look_at_drain(Clock::time_point now);
  [[nodiscard]] Clock::time_point look_at_lock(Clock::time_point now);
  void give_up_on_lock();
  void wait_until(Clock::time_point when);
  void log_all_stacks();
  [[nodiscard]] std::vector<ThreadStack> take_stacks();
  [[nodiscard]] bool is_any_busy() const;

  Subjects subjects_;
  WatchLimits limits_;
  WatchEvents events_;
  StackReport report_;
  UniqueFd wake_;
  std::atomic<bool> is_draining_{false};
  // Of the watchdog's thread:
  std::vector<Case> cases_;                 // by thread
  std::vector<std::uint64_t> logged_slow_;  // the same: the last request that was
  bool has_reported_ = false;
  Clock::time_point last_probe_;
  Errands errands_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace warp::worker
