#include "channel/fork_order.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace warp::channel {
namespace {

using Descriptors = std::array<int, 3>;  // connector, status, crash

// Room for all descriptors of an order. The message points into it.
struct Space {
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(Descriptors))> bytes{};
};

msghdr message_of(iovec& piece, Space& space) {
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = space.bytes.data();
  message.msg_controllen = space.bytes.size();
  return message;
}

Result<> send_order(int socket, std::uint32_t slot, const Descriptors& descriptors) {
  iovec piece{.iov_base = &slot, .iov_len = sizeof slot};
  Space space;
  msghdr message = message_of(piece, space);
  cmsghdr* const header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof descriptors);
  std::memcpy(CMSG_DATA(header), descriptors.data(), sizeof descriptors);
  if (::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
    return fail_errno("ask the template for a worker");
  return {};
}

Result<> await_answer(int socket, const Deadline& deadline) {
  pollfd entry{.fd = socket, .events = POLLIN, .revents = 0};
  while (true) {
    const int count = ::poll(&entry, 1, deadline.poll_timeout());
    if (count > 0) return {};
    if (count == 0) return fail(Errc::kTimeout, "the template does not fork in time");
    if (errno != EINTR) return fail_errno("wait for the template");
  }
}

}  // namespace

Result<OrderEnds> make_order_socket() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return fail_errno("socketpair for a template");
  return OrderEnds{.supervisor = UniqueFd(ends[0]), .fork_template = UniqueFd(ends[1])};
}

Result<pid_t> order_worker(int socket, std::uint32_t slot, const WorkerDescriptors& descriptors,
                           const Deadline& deadline) {
  WARP_CHECK(
      send_order(socket, slot, {descriptors.connector, descriptors.status, descriptors.crash}));
  WARP_CHECK(await_answer(socket, deadline));
  pid_t worker = 0;
  const ssize_t size = ::recv(socket, &worker, sizeof worker, MSG_DONTWAIT);
  if (size == 0) return fail(Errc::kClosed, "the template has ended");
  if (size < 0) return fail_errno("hear from the template");
  if (size != ssize_t{sizeof worker} || worker <= 1)
    return fail(Errc::kSystem, "the template could not fork");
  return worker;
}

Result<std::optional<ForkOrder>> receive_order(int socket) {
  ForkOrder order;
  iovec piece{.iov_base = &order.slot, .iov_len = sizeof order.slot};
  Space space;
  msghdr message = message_of(piece, space);
  ssize_t size = 0;
  do {
    size = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  } while (size < 0 && errno == EINTR);
  if (size == 0 || (size < 0 && errno == ECONNRESET)) return std::nullopt;
  if (size < 0) return fail_errno("receive an order");
  const cmsghdr* const header = CMSG_FIRSTHDR(&message);
  if (size != ssize_t{sizeof order.slot} || header == nullptr ||
      header->cmsg_len != CMSG_LEN(sizeof(Descriptors)))
    return fail(Errc::kProtocol, "an order without its descriptors");
  Descriptors descriptors{};
  std::memcpy(descriptors.data(), CMSG_DATA(header), sizeof descriptors);
  order.connector.reset(descriptors[0]);
  order.status.reset(descriptors[1]);
  order.crash.reset(descriptors[2]);
  return std::optional<ForkOrder>(std::move(order));
}

Result<> answer_order(int socket, pid_t worker) {
  if (::send(socket, &worker, sizeof worker, MSG_NOSIGNAL) < 0)
    return fail_errno("answer the supervisor");
  return {};
}

}  // namespace warp::channel
