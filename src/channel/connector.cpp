#include "channel/connector.hpp"

#include <sys/socket.h>

#include <array>
#include <cerrno>

#include "channel/descriptor.hpp"

namespace warp::channel {
namespace {

constexpr std::array<char, 4> kOffer = {'W', 'R', 'P', static_cast<char>(wire::kVersion)};

Result<> send_offer(int child_end, int descriptor) {
  std::array<char, kOffer.size()> text = kOffer;
  iovec piece{.iov_base = text.data(), .iov_len = text.size()};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  DescriptorSpace space;
  attach_descriptor(message, space, descriptor);
  while (::sendmsg(child_end, &message, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) {
    if (errno == EINTR) continue;
    if (errno == EAGAIN || errno == ENOBUFS || errno == ETOOMANYREFS)
      return fail(Errc::kOverloaded,
                  "the worker does not take new channels: its queue of offers is full");
    if (errno == EPIPE || errno == ECONNRESET || errno == ENOTCONN)
      return fail(Errc::kClosed, "the worker's connector is closed");
    return fail_errno("offer a channel");
  }
  return {};
}

}  // namespace

Result<Connector> make_connector() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends.data()) != 0)
    return fail_errno("socketpair for a connector");
  return Connector{.child_end = UniqueFd(ends[0]), .worker_end = UniqueFd(ends[1])};
}

Result<Channel> open_channel(int child_end, const Timeouts& timeouts, int response_window) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return fail_errno("socketpair for a channel");
  UniqueFd ours(ends[0]);
  const UniqueFd theirs(ends[1]);
  // What a stream holds is bounded at its sender (unix(7)).
  if (::setsockopt(theirs.get(), SOL_SOCKET, SO_SNDBUF, &response_window, sizeof response_window) !=
      0)
    return fail_errno("set the channel's send buffer");
  WARP_CHECK(send_offer(child_end, theirs.get()));
  return Channel::adopt(std::move(ours), wire::Receiver::kChild, timeouts);
}

Result<std::optional<Channel>> accept_channel(int worker_end, const Timeouts& timeouts) {
  std::array<char, kOffer.size()> text{};
  iovec piece{.iov_base = text.data(), .iov_len = text.size()};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  DescriptorSpace space;
  accept_descriptor(message, space);
  ssize_t size = 0;
  do {
    size = ::recvmsg(worker_end, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  } while (size < 0 && errno == EINTR);
  if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return std::nullopt;
  if (size == 0 || (size < 0 && errno == ECONNRESET))
    return fail(Errc::kClosed, "the connector is closed by every child");
  if (size < 0) return fail_errno("accept a channel");
  WARP_TRY(UniqueFd socket, take_attached(message));
  if (!socket || static_cast<std::size_t>(size) != kOffer.size() || text != kOffer)
    return fail(Errc::kProtocol, "a message on the connector that offers no channel");
  WARP_TRY(Channel channel, Channel::adopt(std::move(socket), wire::Receiver::kWorker, timeouts));
  return std::optional<Channel>(std::move(channel));
}

int response_window(const Channel& channel) {
  int doubled = 0;
  socklen_t size = sizeof doubled;
  if (::getsockopt(channel.fd(), SOL_SOCKET, SO_SNDBUF, &doubled, &size) != 0) return 0;
  return doubled / 2;
}

}  // namespace warp::channel
