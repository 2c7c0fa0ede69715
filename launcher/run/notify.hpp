// Tells the service manager (systemd, Type=notify) how the server is. sd_notify(3)'s protocol: a
// datagram of lines NAME=VALUE to the socket that NOTIFY_SOCKET names.
#pragma once

#include <string>
#include <string_view>

#include "base/unique_fd.hpp"

namespace warp {

class Notifier final {
 public:
  static constexpr auto kVariable = "NOTIFY_SOCKET";

  // The variable's value; empty when nobody wants to know.
  explicit Notifier(std::string socket_name);

  void ready() const { send("READY=1\nSTATUS=serving"); }
  // To be followed by ready().
  void reloading() const;
  void stopping() const { send("STOPPING=1\nSTATUS=stopping"); }

 private:
  // Without effect when nobody listens: the server goes on all the same.
  void send(std::string_view state) const;

  std::string name_;
  UniqueFd socket_;
};

}  // namespace warp
