#include "launcher/deploy/reachable.hpp"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>

#include <cerrno>
#include <memory>

#include "base/unique_fd.hpp"

namespace warp {
namespace {

using AddressList = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

// Without a name these are the loopback addresses of both families.
AddressList addresses_of(std::string host, std::uint16_t port) {
  addrinfo wish{};
  wish.ai_socktype = SOCK_STREAM;
  wish.ai_flags = AI_NUMERICSERV;
  if (host.starts_with("[") && host.ends_with("]")) host = host.substr(1, host.size() - 2);
  const bool is_all = host.empty() || host == "*";
  addrinfo* found = nullptr;
  if (::getaddrinfo(is_all ? nullptr : host.c_str(), std::to_string(port).c_str(), &wish, &found) !=
      0)
    found = nullptr;
  return {found, &::freeaddrinfo};
}

bool accepts(const addrinfo& address, Deadline deadline) {
  const UniqueFd socket(::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) return false;
  if (::connect(socket.get(), address.ai_addr, address.ai_addrlen) == 0) return true;
  if (errno != EINPROGRESS) return false;
  pollfd wait{socket.get(), POLLOUT, 0};
  int error = 0;
  socklen_t size = sizeof error;
  return ::poll(&wait, 1, deadline.poll_timeout()) == 1 &&
         ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
}

}  // namespace

bool accepts_connections(const std::string& host, std::uint16_t port, Deadline deadline) {
  const AddressList addresses = addresses_of(host, port);
  for (const addrinfo* each = addresses.get(); each != nullptr; each = each->ai_next)
    if (accepts(*each, deadline)) return true;
  return false;
}

}  // namespace warp
