// Idle channels of one httpd child to one process group, kept open from request to request.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include "channel/channel.hpp"

namespace warp::channel {

// Used by all threads of the child. A channel belongs to a slot and to the incarnation of its
// worker when it was opened: one of an earlier incarnation is closed instead of being given out.
class Pool final {
 public:
  Pool(std::uint32_t slots, std::size_t most_idle_per_slot);

  using Clock = std::chrono::steady_clock;

  // The most recently used one, whose buffers are still in the cache; first of those with memory
  // for bodies, so that this is used.
  [[nodiscard]] std::optional<Channel> take(std::uint32_t slot, std::uint32_t incarnation);
  // Only a channel whose last response ended in order. Closes one that has kept memory for bodies
  // unused for kLongestUnused.
  void give_back(std::uint32_t slot, std::uint32_t incarnation, Channel channel,
                 Clock::time_point now = Clock::now());
  static constexpr std::chrono::seconds kLongestUnused{30};

 private:
  struct Idle {
    Channel channel;
    Clock::time_point since;
  };
  // All of one incarnation, the most recently used last.
  struct Slot {
    // Those of another incarnation, which are to be closed.
    [[nodiscard]] std::vector<Idle> enter(std::uint32_t next);

    std::mutex mutex;  // guards: all below
    std::uint32_t incarnation = 0;
    std::vector<Idle> plain;
    std::vector<Idle> with_memory;
  };
  std::size_t most_idle_;
  std::vector<Slot> slots_;
};

}  // namespace warp::channel
