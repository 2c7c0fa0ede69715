// The group's control socket: takes connections of those who may control the group, so many at a
// time.
#pragma once

#include <chrono>
#include <cstddef>

#include "base/unique_fd.hpp"
#include "supervisor/asio.hpp"
#include "supervisor/control_peer.hpp"
#include "supervisor/group_control.hpp"

namespace warp::supervisor {

struct ControlLimits {
  std::size_t connections = 16;
  std::chrono::milliseconds time{5000};  // of one connection
};

class ControlServer final {
 public:
  // `listener`: a listening Unix socket; anything else, such as /dev/null, makes a server that does
  // nothing. The loop and the group outlive it, and the loop does not run any more after its end.
  ControlServer(asio::io_context& loop, UniqueFd listener, GroupControl& group,
                ControlLimits limits = {});

 private:
  void wait_for_connection();
  void take_connections();
  void begin(UniqueFd socket);
  void on_end();

  asio::io_context& loop_;
  GroupControl& group_;
  ControlLimits limits_;
  asio::posix::stream_descriptor listener_;
  ControlPeers peers_;
  std::size_t connections_ = 0;
  bool is_waiting_ = false;
};

}  // namespace warp::supervisor
