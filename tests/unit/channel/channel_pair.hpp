// Two channels that talk to each other, as after a child has opened one.
#pragma once

#include <sys/socket.h>

#include <array>

#include "channel/channel.hpp"

namespace warp::channel {

struct ChannelPair {
  Channel child;
  Channel worker;
};

inline ChannelPair make_channel_pair(const Timeouts& timeouts = {}) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) std::abort();
  return {.child = Channel::adopt(UniqueFd(ends[0]), wire::Receiver::kChild, timeouts).value(),
          .worker = Channel::adopt(UniqueFd(ends[1]), wire::Receiver::kWorker, timeouts).value()};
}

}  // namespace warp::channel
