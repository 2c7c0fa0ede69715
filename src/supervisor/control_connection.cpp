#include "supervisor/control_connection.hpp"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <utility>

#include "base/strings.hpp"
#include "supervisor/control_answer.hpp"

namespace warp::supervisor {

using Descriptor = asio::posix::stream_descriptor;

namespace {

bool has_to_wait() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

}  // namespace

ControlConnection::ControlConnection(asio::io_context& loop, UniqueFd socket, GroupControl& group,
                                     std::function<void()> on_end)
    : socket_(loop, socket.release()), timer_(loop), group_(group), on_end_(std::move(on_end)) {}

void ControlConnection::start(std::chrono::milliseconds time_limit) {
  timer_.expires_after(time_limit);
  timer_.async_wait([self = shared_from_this()](const asio::error_code& error) {
    if (!error) self->end();
  });
  wait_to_read();
}

void ControlConnection::wait_to_read() {
  const auto on_ready = [self = shared_from_this()](const asio::error_code& error) {
    if (!error && !self->has_ended_) self->read();
  };
  socket_.async_wait(Descriptor::wait_read, on_ready);
}

void ControlConnection::read() {
  // One byte more than the longest request with its end of line tells that it is too long.
  std::array<char, kLongestRequest + 2> piece{};
  const ssize_t count =
      ::recv(socket_.native_handle(), piece.data(), piece.size() - request_.size(), MSG_DONTWAIT);
  if (count < 0) return has_to_wait() ? wait_to_read() : end();
  request_.append(piece.data(), static_cast<std::size_t>(count));
  const auto end_of_line = request_.find('\n');
  const bool is_complete = end_of_line != std::string::npos || count == 0;
  if (!is_complete && request_.size() <= kLongestRequest) return wait_to_read();
  answer_ = answer_to(std::string_view(request_).substr(0, end_of_line));
  write();
}

std::string ControlConnection::answer_to(std::string_view line) {
  if (!refusal_.empty()) return error_answer(refusal_);
  if (line.size() > kLongestRequest)
    return error_answer("a request has at most " + std::to_string(kLongestRequest) + " bytes");
  return answer_request(trim(line), group_);
}

void ControlConnection::wait_to_write() {
  const auto on_ready = [self = shared_from_this()](const asio::error_code& error) {
    if (!error && !self->has_ended_) self->write();
  };
  socket_.async_wait(Descriptor::wait_write, on_ready);
}

void ControlConnection::write() {
  while (!answer_.empty()) {
    const ssize_t count = ::send(socket_.native_handle(), answer_.data(), answer_.size(),
                                 MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count < 0) return has_to_wait() ? wait_to_write() : end();
    answer_.erase(0, static_cast<std::size_t>(count));
  }
  end();
}

// A Unix socket that is closed with bytes unread gives its peer an error behind the answer.
void ControlConnection::discard_unread() {
  constexpr std::size_t kMost = 65536;
  std::array<char, 4096> piece{};
  std::size_t discarded = 0;
  ssize_t count = 0;
  while (discarded < kMost &&
         (count = ::recv(socket_.native_handle(), piece.data(), piece.size(), MSG_DONTWAIT)) > 0)
    discarded += static_cast<std::size_t>(count);
}

void ControlConnection::end() {
  if (std::exchange(has_ended_, true)) return;
  discard_unread();
  timer_.cancel();
  asio::error_code ignored;
  socket_.close(ignored);
  on_end_();
}

}  // namespace warp::supervisor
