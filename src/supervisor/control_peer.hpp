// Who may control a group.
#pragma once

#include <sys/types.h>

#include <optional>

namespace warp::supervisor {

// Root, the supervisor's own user, and the owner of the socket's file: who started httpd. The
// file's mode, 0600, keeps others away already; this holds when somebody has changed it.
class ControlPeers final {
 public:
  explicit ControlPeers(int listener);
  // By who the other end of the connected socket was when it connected.
  [[nodiscard]] bool include(int socket) const;

 private:
  uid_t own_;
  std::optional<uid_t> owner_;
};

}  // namespace warp::supervisor
