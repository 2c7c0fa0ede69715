#include "mod_warp/child/wait.hpp"

#include <poll.h>

#include <algorithm>
#include <array>

namespace warp {

std::optional<int> pollable_client(const conn_rec* connection) {
  if (connection->master != nullptr) return std::nullopt;
  apr_socket_t* const socket = ap_get_conn_socket(const_cast<conn_rec*>(connection));
  int fd = -1;
  if (socket == nullptr || apr_os_sock_get(&fd, socket) != APR_SUCCESS) return std::nullopt;
  return fd;
}

void wait_for_input(int worker, std::optional<int> client, const Deadline& deadline) {
  constexpr int kLongest = 1'000;
  std::array<pollfd, 2> sources = {{{.fd = worker, .events = POLLIN, .revents = 0},
                                    {.fd = client.value_or(-1), .events = POLLIN, .revents = 0}}};
  // A signal or an error ends the wait too; the caller looks at both and at the deadline.
  (void)::poll(sources.data(), sources.size(), std::min(kLongest, deadline.poll_timeout()));
}

}  // namespace warp
