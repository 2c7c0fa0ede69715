#include "channel/descriptor.hpp"

#include <cstring>

namespace warp::channel {

void attach_descriptor(msghdr& message, DescriptorSpace& space, int descriptor) {
  space.bytes.fill('\0');
  message.msg_control = space.bytes.data();
  message.msg_controllen = space.bytes.size();
  cmsghdr* const header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof descriptor);
  std::memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
}

Result<UniqueFd> take_attached(msghdr& message) {
  UniqueFd descriptor;
  if (const cmsghdr* const header = CMSG_FIRSTHDR(&message);
      header != nullptr && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS &&
      header->cmsg_len == CMSG_LEN(sizeof(int))) {
    int number = -1;
    std::memcpy(&number, CMSG_DATA(header), sizeof number);
    descriptor.reset(number);
  }
  if ((message.msg_flags & MSG_CTRUNC) == 0) return descriptor;
  if (descriptor) return fail(Errc::kProtocol, "a message with more than one descriptor");
  return fail(Errc::kSystem,
              "a descriptor could not be received: this process has too many open files");
}

}  // namespace warp::channel
