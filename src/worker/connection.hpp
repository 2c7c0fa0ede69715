// A channel in this worker, and whose turn it is with it.
#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

#include "channel/channel.hpp"

namespace warp::worker {

enum class Turn : std::uint8_t {
  kWaiting,     // for the child's next request
  kServed,      // a thread has it
  kLeaving,     // waiting, but its receiving side is shut: only what has arrived remains
  kServedLast,  // a thread has it, after kLeaving
  kTurnedAway,  // what has arrived was rejected; the next thread closes it
};

// Owned by the Listener. Whoever changes `turn` from a waiting state has the channel to himself
// until he changes it back.
struct Connection {
  explicit Connection(channel::Channel adopted) : channel(std::move(adopted)) {}
  [[nodiscard]] bool change_turn(Turn from, Turn to) {
    return turn.compare_exchange_strong(from, to);
  }

  channel::Channel channel;
  std::atomic<Turn> turn{Turn::kWaiting};
};

}  // namespace warp::worker
