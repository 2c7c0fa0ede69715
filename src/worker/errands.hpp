// A thread for calls that may not come back: those that wait for the interpreter's lock.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "base/deadline.hpp"

namespace warp::worker {

// The destructor waits for the errand that is being run and drops the others.
class Errands final {
 public:
  using Clock = Deadline::Clock;

  Errands();

  // The errand's number, from 1.
  std::uint64_t send(std::function<void()> errand);
  // The same, waited for. False when it was not done in time; it will be later.
  [[nodiscard]] bool run(std::function<void()> errand, Deadline patience);
  // Since when the thread has been at the present errand; nullopt: it has none.
  [[nodiscard]] std::optional<Clock::time_point> busy_since() const;

 private:
  void work(const std::stop_token& stop);

  mutable std::mutex mutex_;  // guards: all but the thread
  std::condition_variable_any changed_;
  std::deque<std::function<void()>> waiting_;
  std::uint64_t sent_ = 0;
  std::uint64_t done_ = 0;
  std::optional<Clock::time_point> busy_since_;
  std::jthread thread_;
};

}  // namespace warp::worker
