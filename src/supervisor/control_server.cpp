#include "supervisor/control_server.hpp"

#include <fcntl.h>
#include <sys/socket.h>

#include <memory>
#include <utility>

#include "supervisor/control_connection.hpp"

namespace warp::supervisor {
namespace {

bool is_listening(int socket) {
  int answer = 0;
  socklen_t size = sizeof answer;
  return ::getsockopt(socket, SOL_SOCKET, SO_ACCEPTCONN, &answer, &size) == 0 && answer != 0;
}

}  // namespace

ControlServer::ControlServer(asio::io_context& loop, UniqueFd listener, GroupControl& group,
                             ControlLimits limits)
    : loop_(loop), group_(group), limits_(limits), listener_(loop), peers_(listener.get()) {
  if (!is_listening(listener.get())) return;
  ::fcntl(listener.get(), F_SETFL, O_NONBLOCK);
  listener_.assign(listener.release());
  wait_for_connection();
}

void ControlServer::wait_for_connection() {
  is_waiting_ = true;
  listener_.async_wait(asio::posix::stream_descriptor::wait_read,
                       [this](const asio::error_code& error) {
                         is_waiting_ = false;
                         if (!error) take_connections();
                       });
}

// While all places are taken, further clients wait in the socket's queue.
void ControlServer::take_connections() {
  while (connections_ < limits_.connections) {
    UniqueFd socket(::accept4(listener_.native_handle(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!socket) return wait_for_connection();
    begin(std::move(socket));
  }
}

void ControlServer::begin(UniqueFd socket) {
  ++connections_;
  const bool may_ask = peers_.include(socket.get());
  const auto connection =
      std::make_shared<ControlConnection>(loop_, std::move(socket), group_, [this] { on_end(); });
  if (!may_ask) connection->refuse("only root, the group's user and who started httpd may ask");
  connection->start(limits_.time);
}

void ControlServer::on_end() {
  --connections_;
  if (!is_waiting_ && connections_ + 1 == limits_.connections) take_connections();
}

}  // namespace warp::supervisor
