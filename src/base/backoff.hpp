// How long to wait before a process that has died is started again.
#pragma once

#include <algorithm>
#include <chrono>

namespace warp {

class Backoff final {
 public:
  // The delay for the next start, from how long the last one lived: none after a life that was
  // worth it, else 1, 2, 4 ... 60 s.
  [[nodiscard]] std::chrono::seconds after_life_of(std::chrono::steady_clock::duration life) {
    constexpr std::chrono::seconds kWorthIt{10};
    constexpr std::chrono::seconds kLongest{60};
    if (life > kWorthIt)
      delay_ = std::chrono::seconds::zero();
    else
      delay_ = std::min(kLongest, std::max(std::chrono::seconds(1), delay_ * 2));
    return delay_;
  }

 private:
  std::chrono::seconds delay_{0};
};

}  // namespace warp
