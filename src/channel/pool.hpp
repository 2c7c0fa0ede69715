// Idle channels of one httpd child to one process group, kept open from request to request.
#pragma once

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

  // The most recently used one: its buffers are still in the cache.
  [[nodiscard]] std::optional<Channel> take(std::uint32_t slot, std::uint32_t incarnation);
  // Only a channel whose last response ended in order.
  void give_back(std::uint32_t slot, std::uint32_t incarnation, Channel channel);

 private:
  struct Idle {
    std::uint32_t incarnation;
    Channel channel;
  };
  struct Slot {
    std::mutex mutex;  // guards: idle
    std::vector<Idle> idle;
  };
  std::size_t most_idle_;
  std::vector<Slot> slots_;
};

}  // namespace warp::channel
