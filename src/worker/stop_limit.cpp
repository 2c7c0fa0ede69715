#include "worker/stop_limit.hpp"

#include <utility>

namespace warp::worker {

StopLimit::StopLimit(std::vector<Step> steps)
    : steps_(std::move(steps)),
      thread_([this](const std::stop_token& called_off) { run(called_off); }) {}

void StopLimit::run(const std::stop_token& called_off) {
  for (const Step& step : steps_) {
    {
      std::unique_lock lock(mutex_);
      condition_.wait_for(lock, called_off, step.at.remaining(), [] { return false; });
    }
    if (called_off.stop_requested()) return;
    step.act();
  }
}

}  // namespace warp::worker
