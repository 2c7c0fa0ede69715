#include "channel/channel.hpp"

#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <cassert>
#include <cerrno>

namespace warp::channel {
namespace {

Result<> set_timeout(int fd, int option, std::chrono::milliseconds timeout) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(timeout);
  timeval value{};
  value.tv_sec = static_cast<time_t>(seconds.count());
  value.tv_usec = static_cast<suseconds_t>(std::chrono::microseconds(timeout - seconds).count());
  if (::setsockopt(fd, SOL_SOCKET, option, &value, sizeof value) != 0)
    return fail_errno("set the channel's time-out");
  return {};
}

bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK; }
bool is_gone() { return errno == EPIPE || errno == ECONNRESET; }

// Drops the bytes that were sent from the front of the vector.
void advance(std::span<iovec>& pieces, std::size_t sent) {
  while (!pieces.empty() && sent >= pieces.front().iov_len) {
    sent -= pieces.front().iov_len;
    pieces = pieces.subspan(1);
  }
  if (pieces.empty()) return;
  pieces.front().iov_base = static_cast<char*>(pieces.front().iov_base) + sent;
  pieces.front().iov_len -= sent;
}

Result<> send_all(int fd, std::span<iovec> pieces) {
  while (!pieces.empty()) {
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = pieces.size();
    const ssize_t sent = ::sendmsg(fd, &message, MSG_NOSIGNAL);
    if (sent >= 0) {
      advance(pieces, static_cast<std::size_t>(sent));
      continue;
    }
    if (errno == EINTR) continue;
    if (is_gone()) return fail(Errc::kClosed, "send on channel: the other end is closed");
    if (would_block()) return fail(Errc::kTimeout, "send on channel: the other end does not read");
    return fail_errno("send on channel");
  }
  return {};
}

}  // namespace

Result<Channel> Channel::adopt(UniqueFd socket, wire::Receiver receiver, const Timeouts& timeouts) {
  WARP_CHECK(set_timeout(socket.get(), SO_RCVTIMEO, timeouts.receive));
  WARP_CHECK(set_timeout(socket.get(), SO_SNDTIMEO, timeouts.send));
  return Channel(std::move(socket), receiver);
}

Result<> Channel::send(std::span<const OutgoingFrame> frames) {
  assert(!frames.empty() && frames.size() <= kMostFrames);
  std::array<std::array<char, wire::kFrameHeaderSize>, kMostFrames> headers;
  std::array<iovec, 2 * kMostFrames> pieces;
  std::size_t count = 0;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const std::string_view payload = frames[i].payload;
    headers[i] = wire::encode_frame_header({.type = frames[i].type,
                                            .is_last = frames[i].is_last,
                                            .length = static_cast<std::uint32_t>(payload.size())});
    pieces[count++] = {.iov_base = headers[i].data(), .iov_len = headers[i].size()};
    // sendmsg only reads; iovec has no const form.
    if (!payload.empty())
      pieces[count++] = {.iov_base = const_cast<char*>(payload.data()), .iov_len = payload.size()};
  }
  return send_all(socket_.get(), std::span(pieces).first(count));
}

Result<wire::Frame> Channel::receive() {
  WARP_TRY(const std::optional<wire::Frame> frame, receive_with(0));
  return *frame;
}

Result<std::optional<wire::Frame>> Channel::try_receive() { return receive_with(MSG_DONTWAIT); }

Result<std::optional<wire::Frame>> Channel::receive_with(int flags) {
  while (true) {
    WARP_TRY(const std::optional<wire::Frame> frame, decoder_.next());
    if (frame) return frame;
    const std::span<char> space = decoder_.space();
    const ssize_t count = ::recv(socket_.get(), space.data(), space.size(), flags);
    if (count > 0) {
      decoder_.filled(static_cast<std::size_t>(count));
      continue;
    }
    if (count == 0 && decoder_.is_empty())
      return fail(Errc::kClosed, "channel closed by the other end");
    if (count == 0) return fail(Errc::kProtocol, "channel ended within a frame");
    if (errno == EINTR) continue;
    if (would_block() && flags == MSG_DONTWAIT) return std::nullopt;
    if (would_block()) return fail(Errc::kTimeout, "no answer on the channel in time");
    if (is_gone()) return fail(Errc::kClosed, "channel reset by the other end");
    return fail_errno("receive on channel");
  }
}

}  // namespace warp::channel
