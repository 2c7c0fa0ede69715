// The requests of the last while that took longest, for people who look for what is slow.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace warp::core {

struct SlowRequest {
  std::chrono::steady_clock::time_point ended_at{};
  std::chrono::microseconds total{0};
  std::chrono::microseconds queue{0};
  std::chrono::microseconds application{0};
  std::optional<std::uint32_t> slot{};  // of the last worker that had it; none: none had it
  int status = 0;
  std::string method{};
  std::string path{};  // its start, without query
  std::string id{};
};

// Lies in shared memory, zeroed at first, and is locked by whoever notes or lists.
class SlowestRequests final {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  static constexpr std::size_t kEntries = 20;
  static constexpr std::chrono::minutes kMemory{15};

  // Asked with each request, without the lock.
  [[nodiscard]] bool is_among(std::chrono::microseconds total, TimePoint now) const;
  // In the place of one that is forgotten, or of the fastest, unless that was slower. Texts are cut
  // to their room.
  void note(const SlowRequest& request, TimePoint now);
  // The slowest first. A child that died while it wrote may have left an entry of two halves.
  [[nodiscard]] std::vector<SlowRequest> list(TimePoint now) const;

 private:
  static constexpr std::uint32_t kNoSlot = UINT32_MAX;
  struct Entry {
    std::int64_t ended_at;  // nanoseconds; 0: none
    std::int64_t total;     // microseconds
    std::int64_t queue;
    std::int64_t application;
    std::uint32_t slot;
    std::int32_t status;
    std::array<char, 12> method;
    std::array<char, 124> path;
    std::array<char, 64> id;

    [[nodiscard]] bool is_forgotten(TimePoint now) const;
  };
  void set_floor(TimePoint now);

  // Faster ones than these microseconds are not among them, until then (nanoseconds).
  std::atomic<std::int64_t> floor_;
  std::atomic<std::int64_t> floor_until_;
  std::array<Entry, kEntries> entries_;
};

}  // namespace warp::core
