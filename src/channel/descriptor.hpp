// File descriptors beside the bytes of a message (SCM_RIGHTS), put in and taken out.
#pragma once

#include <sys/socket.h>

#include <array>

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace warp::channel {

// Room for one descriptor. The message points into it.
struct DescriptorSpace {
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> bytes;
};

// For a message to be sent; whoever receives it gets a copy of the descriptor.
void attach_descriptor(msghdr& message, DescriptorSpace& space, int descriptor);

// Before a message is received. The kernel gives no more than one descriptor.
inline void accept_descriptor(msghdr& message, DescriptorSpace& space) {
  message.msg_control = space.bytes.data();
  message.msg_controllen = CMSG_LEN(sizeof(int));
}

// What a received message brought: no owner when that was none. kProtocol when it was more than
// one, which are all closed then; kSystem when this process has no room for another open file.
[[nodiscard]] Result<UniqueFd> take_attached(msghdr& message);

}  // namespace warp::channel
