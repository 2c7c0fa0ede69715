// maximum-requests: how many requests a worker serves before it asks to be replaced.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <utility>

namespace warp::worker {

// Counted by every thread.
class RequestLimit final {
 public:
  // `reached` is called once, by the thread that ends the request in question.
  RequestLimit(std::uint64_t most, std::function<void()> reached)
      : most_(most), reached_(std::move(reached)) {}

  void count() {
    if (served_.fetch_add(1, std::memory_order_relaxed) + 1 == most_) reached_();
  }

 private:
  const std::uint64_t most_;
  std::function<void()> reached_;
  std::atomic<std::uint64_t> served_{0};
};

// A limit from `most` to a tenth above it, by chance, so that the workers of a group, which get
// about the same number of requests, are not replaced all at once.
[[nodiscard]] std::uint64_t scattered(std::uint32_t most);

}  // namespace warp::worker
