#include "launcher/run/backlog.hpp"

#include <linux/filter.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <cstring>
#include <utility>

#include "base/shared_flag.hpp"

namespace warp {
namespace {

// httpd sends a flag and all its sockets in one message; more than this listens nowhere of ours.
constexpr std::size_t kMostDescriptors = 33;

// On a listening socket: drops segments with SYN, which begin a connection, and lets all others
// pass.
void drop_beginnings(int listener) {
  constexpr std::uint32_t kFlags = 13;  // offset in the TCP header
  constexpr std::uint32_t kSyn = 0x02;
  constexpr std::uint32_t kAll = 0xffffffff;
  std::array<sock_filter, 4> program = {
      sock_filter{BPF_LD | BPF_B | BPF_ABS, 0, 0, kFlags},
      sock_filter{BPF_JMP | BPF_JSET | BPF_K, 0, 1, kSyn},
      sock_filter{BPF_RET | BPF_K, 0, 0, 0},
      sock_filter{BPF_RET | BPF_K, 0, 0, kAll},
  };
  const sock_fprog filter{.len = program.size(), .filter = program.data()};
  // Without it the backlog is only as likely to be empty as it is for httpd alone.
  static_cast<void>(::setsockopt(listener, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter));
}

// tcp(7) on a listening socket: the connections that wait.
std::uint32_t waiting_at(int listener) {
  tcp_info info{};
  socklen_t size = sizeof info;
  if (::getsockopt(listener, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return 0;
  return info.tcpi_state == TCP_LISTEN ? info.tcpi_unacked : 0;
}

}  // namespace

Result<Backlog> Backlog::create() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return fail_errno("make a pair of sockets for httpd");
  return Backlog(UniqueFd(ends[0]), UniqueFd(ends[1]));
}

// One message per start and restart of httpd; the last one counts.
void Backlog::take_listeners() {
  char flags = 0;  // how many of the descriptors, at their beginning, are not listening sockets
  iovec piece{&flags, 1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(kMostDescriptors * sizeof(int))> control{};
  while (true) {
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const ssize_t size = ::recvmsg(own_end_.get(), &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    // Its end is closed with httpd's last process.
    if (size == 0) own_end_.reset();
    if (size <= 0) return;
    const cmsghdr* const header = CMSG_FIRSTHDR(&message);
    if (header == nullptr || header->cmsg_type != SCM_RIGHTS) continue;
    listeners_.clear();
    farewell_.reset();
    const std::size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int fd = -1;
      std::memcpy(&fd, CMSG_DATA(header) + i * sizeof fd, sizeof fd);
      if (i == 0 && flags > 0)
        farewell_.reset(fd);
      else
        listeners_.emplace_back(fd);
    }
  }
}

bool Backlog::end_kept_connections() { return farewell_ && SharedFlag::set(farewell_.get()); }

void Backlog::refuse_new() {
  for (const UniqueFd& listener : listeners_) drop_beginnings(listener.get());
}

bool Backlog::is_empty() const {
  for (const UniqueFd& listener : listeners_)
    if (waiting_at(listener.get()) > 0) return false;
  return true;
}

}  // namespace warp
