// Where the shared memory of a group keeps the post-mortems of its last workers.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "scoreboard/layout.hpp"

namespace warp::scoreboard {

inline constexpr std::size_t kDeaths = 16;
// More than these are only counted.
inline constexpr std::size_t kLostRequests = 4;

// Texts are zero-padded, and not terminated when they fill their field.
struct LostRequestFacts {
  std::uint64_t age_us;
  Stage stage;
  std::array<char, 12> method;
  std::array<char, 88> path;
};

struct DeathFacts {
  std::uint64_t at_us;  // microseconds since 1970
  std::uint64_t uptime_us;
  std::uint64_t requests;
  std::int32_t pid;
  std::uint32_t slot;
  std::uint32_t generation;
  std::uint32_t lost_requests;
  std::array<LostRequestFacts, kLostRequests> lost;
  std::array<char, 48> how;
  std::array<char, 208> cause;
  std::array<char, 3072> last_words;  // the start of them, lines
};

struct alignas(kCacheLine) DeathRecord {
  std::atomic<std::uint64_t> number;  // counts from 1; 0: none, or it is being written
  DeathFacts facts;
};

}  // namespace warp::scoreboard
