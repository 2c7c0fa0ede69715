#include "mod_warp/parent/meet_launcher.hpp"

#include <fcntl.h>
#include <sys/socket.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "base/strings.hpp"
#include "mod_warp/apache.hpp"

namespace warp {
namespace {

constexpr auto kVariable = "WARP_LAUNCHER";
// The flag's memory and listening sockets.
constexpr std::size_t kMostDescriptors = 33;

int option_of(int fd, int option) {
  int value = -1;
  socklen_t size = sizeof value;
  return ::getsockopt(fd, SOL_SOCKET, option, &value, &size) == 0 ? value : -1;
}

// The variable may have come from a launcher further up, whose descriptor is not open here or is
// something else.
std::optional<int> launchers_socket() {
  const char* const text = std::getenv(kVariable);
  const auto number = text != nullptr ? parse_unsigned(text) : std::nullopt;
  if (!number || *number > 1024) return std::nullopt;
  const int fd = static_cast<int>(*number);
  if (option_of(fd, SO_DOMAIN) != AF_UNIX || option_of(fd, SO_TYPE) != SOCK_SEQPACKET)
    return std::nullopt;
  ::fcntl(fd, F_SETFD, FD_CLOEXEC);
  return fd;
}

}  // namespace

// The message's only byte says how many descriptors before the listening sockets are a flag's.
void meet_launcher(const UniqueFd& flag) {
  const auto launcher = launchers_socket();
  if (!launcher) return;
  alignas(cmsghdr) std::array<char, CMSG_SPACE(kMostDescriptors * sizeof(int))> control{};
  std::array<int, kMostDescriptors> descriptors{};
  std::size_t count = 0;
  if (flag) descriptors[count++] = flag.get();
  for (const ap_listen_rec* each = ap_listeners; each != nullptr && count < descriptors.size();
       each = each->next)
    if (apr_os_sock_get(&descriptors[count], each->sd) == APR_SUCCESS) ++count;
  if (count == 0) return;
  char flags = flag ? 1 : 0;
  iovec piece{&flags, 1};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = CMSG_SPACE(count * sizeof(int));
  cmsghdr* const header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(count * sizeof(int));
  std::memcpy(CMSG_DATA(header), descriptors.data(), count * sizeof(int));
  static_cast<void>(::sendmsg(*launcher, &message, MSG_DONTWAIT | MSG_NOSIGNAL));
}

}  // namespace warp
