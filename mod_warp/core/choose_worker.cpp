#include "mod_warp/core/choose_worker.hpp"

namespace warp::core {

bool WorkerChoice::consider(std::uint32_t slot, const WorkerSight& sight) {
  if (sight.readiness == Readiness::kOutOfUse) return false;
  is_one_starting_ = is_one_starting_ || sight.readiness == Readiness::kStarting;
  const Cost cost{.readiness = sight.readiness,
                  .is_full = sight.load >= threads_,
                  .is_avoided = slot == avoided_,
                  .is_occupied = sight.is_occupied,
                  .load = sight.load};
  if (chosen_ && lowest_ <= cost) return false;
  lowest_ = cost;
  chosen_ = slot;
  return true;
}

}  // namespace warp::core
