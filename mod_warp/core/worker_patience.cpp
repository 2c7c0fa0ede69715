#include "mod_warp/core/worker_patience.hpp"

namespace warp::core {

void WorkerPatience::see(const Sight& sight) {
  // A request that has been let in just now shows a moment later that it has been started.
  constexpr std::chrono::milliseconds kMoment{100};
  if (is_started_) return;
  if (sight.started) {
    heard(std::clamp(*sight.started, sent_, std::max(sent_, sight.now)));
    return;
  }
  // One that had a free thread from the first is taken for started when it was sent.
  is_queued_ = sight.is_crowded;
  if (is_queued_) not_before_ = sight.now + kMoment;
}

void WorkerPatience::heard(TimePoint now) {
  since_ = now;
  not_before_ = now;
  is_started_ = true;
  is_queued_ = false;
}

}  // namespace warp::core
