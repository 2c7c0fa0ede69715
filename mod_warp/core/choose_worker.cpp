#include "mod_warp/core/choose_worker.hpp"

namespace warp::core {

void WorkerChoice::consider(std::uint32_t slot, Readiness readiness, std::uint32_t load) {
  if (readiness == Readiness::kOutOfUse) return;
  is_one_starting_ = is_one_starting_ || readiness == Readiness::kStarting;
  const Cost cost{.readiness = readiness, .is_avoided = slot == avoided_, .load = load};
  if (chosen_ && lowest_ <= cost) return;
  lowest_ = cost;
  chosen_ = slot;
}

}  // namespace warp::core
