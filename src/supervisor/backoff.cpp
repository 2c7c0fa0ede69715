#include "supervisor/backoff.hpp"

#include <algorithm>

namespace warp::supervisor {
namespace {

using std::chrono::seconds;

// Longer than an application lives that crashes at its first requests, shorter than between deaths
// that come from outside: whoever kills a worker every few seconds must not stop the whole group.
constexpr seconds kHealthy{1};
constexpr unsigned kMostDoublings = 6;

seconds doubled(seconds first, unsigned times) {
  return std::min(Backoff::kLongest, first * (1U << std::min(times, kMostDoublings)));
}

}  // namespace

seconds Backoff::after_crash(std::optional<std::chrono::nanoseconds> ready_for) {
  if (ready_for > kHealthy) crashes_ = 0;
  if (ready_for && crashes_ == 0) {
    crashes_ = 1;
    return seconds::zero();
  }
  crashes_ = std::max(crashes_ + 1, 2U);
  return doubled(seconds(1), crashes_ - 2);
}

seconds Backoff::after_failed_load() { return doubled(seconds(5), failed_loads_++); }

}  // namespace warp::supervisor
