// The end of patience with a stopping worker: an application thread that never returns, or an
// atexit handler that hangs, must not keep the process.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "base/deadline.hpp"

namespace warp::worker {

// Does the actions, each at its time, in the given order, on a thread of its own; the destructor
// calls off those whose time has not come.
class StopLimit final {
 public:
  struct Step {
    Deadline at;
    std::function<void()> act;
  };
  explicit StopLimit(std::vector<Step> steps);

 private:
  void run(const std::stop_token& called_off);

  std::vector<Step> steps_;
  std::mutex mutex_;  // guards: nothing; the condition variable needs one
  std::condition_variable_any condition_;
  std::jthread thread_;
};

}  // namespace warp::worker
