// Connections that clients have made and httpd has not yet accepted. The kernel resets them when a
// listening socket is closed; so before httpd is told to stop, no more are let in and those that
// are there are waited for. httpd's parent (mod_warp) sends its listening sockets here, and with
// them a flag by which clients of accepted connections are told to close them.
#pragma once

#include <vector>

#include "base/deadline.hpp"
#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace warp {

class Backlog final {
 public:
  // The variable by which httpd's parent learns the descriptor that httpds_end() became.
  static constexpr auto kVariable = "WARP_LAUNCHER";

  [[nodiscard]] static Result<Backlog> create();

  // For httpd to inherit; afterwards to be closed here.
  [[nodiscard]] int httpds_end() const { return httpds_end_.get(); }
  void close_httpds_end() { httpds_end_.reset(); }

  // Responses of httpd's present configuration say from now on that their connection ends with
  // them. False when httpd has given nothing to tell it by.
  bool end_kept_connections();

  // Readable when httpd has sent something, which is then to be taken: descriptors that wait in a
  // socket count against the user's limit.
  [[nodiscard]] int descriptor() const { return own_end_.get(); }
  void take_listeners();

  // New connections get no answer from now on, so that their clients try again, elsewhere or, when
  // nobody listens any more, are refused. Those that are being made can be completed.
  void refuse_new();
  // Once httpd is told to stop: the ports are free when it has closed its own.
  void let_go() { listeners_.clear(); }
  // Whether all have been accepted; also when the kernel does not tell.
  [[nodiscard]] bool is_empty() const;

 private:
  Backlog(UniqueFd own_end, UniqueFd httpds_end)
      : own_end_(std::move(own_end)), httpds_end_(std::move(httpds_end)) {}

  UniqueFd own_end_;
  UniqueFd httpds_end_;
  UniqueFd farewell_;  // memory of a SharedFlag
  std::vector<UniqueFd> listeners_;
};

}  // namespace warp
