#include "mod_warp/core/retry.hpp"

#include <algorithm>
#include <utility>

namespace warp::core {

bool is_safe_method(std::string_view method) {
  return method == "GET" || method == "HEAD" || method == "OPTIONS";
}

Verdict Retry::after(Failure failure, bool is_late) {
  // A bystander of so many crashes would only go on waiting.
  constexpr std::uint32_t kMostDeathsBefore = 3;
  ++tries_;
  switch (failure) {
    case Failure::kNoWorker:
    case Failure::kQueueFull:
    case Failure::kPoison:
      return Verdict::kUnavailable;
    case Failure::kDiedBefore:
      if (++deaths_before_ > kMostDeathsBefore) return Verdict::kBadGateway;
      [[fallthrough]];
    case Failure::kConnectorFull:
    case Failure::kNotStarted:
      return is_late || !is_repeatable_ ? Verdict::kUnavailable : Verdict::kTryAgain;
    case Failure::kDied: {
      const bool is_first = !std::exchange(has_met_death_, true);
      return is_first && may_repeat_ && is_repeatable_ ? Verdict::kTryAgain : Verdict::kBadGateway;
    }
    case Failure::kQueueTimeout:
    case Failure::kTimeout:
      return Verdict::kGatewayTimeout;
    case Failure::kGarbage:
      break;
  }
  return Verdict::kBadGateway;
}

std::chrono::milliseconds Retry::pause() const {
  constexpr std::uint32_t kFreeTries = 3;
  constexpr std::chrono::milliseconds kLongest{200};
  if (tries_ <= kFreeTries) return std::chrono::milliseconds::zero();
  const std::uint32_t doublings = std::min<std::uint32_t>(tries_ - kFreeTries - 1, 8);
  return std::min(kLongest, std::chrono::milliseconds(5U << doublings));
}

}  // namespace warp::core
