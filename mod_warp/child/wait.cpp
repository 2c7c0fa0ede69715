#include "mod_warp/child/wait.hpp"

#include <poll.h>

#include <algorithm>
#include <array>

namespace warp {
namespace {

constexpr int kGone = POLLRDHUP | POLLHUP | POLLERR;

}  // namespace

std::optional<int> pollable_client(const conn_rec* connection) {
  if (connection->master != nullptr) return std::nullopt;
  apr_socket_t* const socket = ap_get_conn_socket(const_cast<conn_rec*>(connection));
  int fd = -1;
  if (socket == nullptr || apr_os_sock_get(&fd, socket) != APR_SUCCESS) return std::nullopt;
  return fd;
}

bool is_client_gone(const conn_rec* connection) {
  if (connection->aborted != 0) return true;
  const std::optional<int> client = pollable_client(connection);
  pollfd source{.fd = client.value_or(-1), .events = POLLRDHUP, .revents = 0};
  return client && ::poll(&source, 1, 0) > 0 && (source.revents & kGone) != 0;
}

void wait_for_input(int worker, std::optional<int> client, ClientWatch watch,
                    const Deadline& deadline) {
  // Limits on the client's pace (mod_reqtimeout) hold only where it is tried to read, and a stream
  // of HTTP/2 wakes nobody.
  constexpr int kLongest = 1'000;
  const bool is_bounded = watch == ClientWatch::kForInput || !client;
  const int timeout = deadline.poll_timeout();
  const short events = watch == ClientWatch::kForInput ? POLLIN : POLLRDHUP;
  std::array<pollfd, 2> sources = {{{.fd = worker, .events = POLLIN, .revents = 0},
                                    {.fd = client.value_or(-1), .events = events, .revents = 0}}};
  // A signal or an error ends the wait too.
  (void)::poll(sources.data(), sources.size(), is_bounded ? std::min(kLongest, timeout) : timeout);
}

}  // namespace warp
