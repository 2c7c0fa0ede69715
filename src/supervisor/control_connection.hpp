// One client of the control socket: a request line in, an answer out, within a time limit.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/unique_fd.hpp"
#include "supervisor/asio.hpp"
#include "supervisor/group_control.hpp"

namespace warp::supervisor {

// Shared by the handlers that wait in the loop's queue: it goes with the last of them.
class ControlConnection final : public std::enable_shared_from_this<ControlConnection> {
 public:
  // `on_end` is called once, when the socket is closed. The group outlives the connection.
  ControlConnection(asio::io_context& loop, UniqueFd socket, GroupControl& group,
                    std::function<void()> on_end);
  void start(std::chrono::milliseconds time_limit);
  // To be said instead of what is asked for.
  void refuse(std::string reason) { refusal_ = std::move(reason); }

 private:
  void wait_to_read();
  void read();
  [[nodiscard]] std::string answer_to(std::string_view line);
  void wait_to_write();
  void write();
  void discard_unread();
  void end();

  asio::posix::stream_descriptor socket_;
  asio::steady_timer timer_;
  GroupControl& group_;
  std::function<void()> on_end_;
  std::string refusal_;
  std::string request_;
  std::string answer_;  // what is still to be written
  bool has_ended_ = false;
};

}  // namespace warp::supervisor
