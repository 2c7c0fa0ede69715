#include "channel/channel.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>

#include "base/deadline.hpp"
#include "channel/descriptor.hpp"

namespace warp::channel {
namespace {

using wire::FrameType;

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

Result<> send_all(int fd, std::span<iovec> pieces, int descriptor) {
  DescriptorSpace space;
  msghdr message{};
  if (descriptor >= 0) attach_descriptor(message, space, descriptor);
  while (!pieces.empty()) {
    message.msg_iov = pieces.data();
    message.msg_iovlen = pieces.size();
    const ssize_t sent = ::sendmsg(fd, &message, MSG_NOSIGNAL);
    if (sent >= 0) {
      advance(pieces, static_cast<std::size_t>(sent));
      // It has gone with the first byte.
      message.msg_control = nullptr;
      message.msg_controllen = 0;
      continue;
    }
    if (errno == EINTR) continue;
    if (is_gone()) return fail(Errc::kClosed, "send on channel: the other end is closed");
    if (would_block()) return fail(Errc::kTimeout, "send on channel: the other end does not read");
    return fail_errno("send on channel");
  }
  return {};
}

// A descriptor travels with the first byte of a send, so what stands before its frame is bounded.
[[maybe_unused]] bool is_in_place(std::span<const OutgoingFrame> frames, std::size_t index) {
  const bool carries = frames[index].descriptor >= 0;
  if (carries != wire::carries_descriptor(frames[index].type)) return false;
  return !carries || (index + 1 == frames.size() &&
                      (index == 0 || (index == 1 && frames[0].type == FrameType::kResponseHead)));
}

bool is_shared(const OutgoingFrame& frame) { return frame.type == FrameType::kSharedBody; }

}  // namespace

Result<Channel> Channel::adopt(UniqueFd socket, wire::Receiver receiver, const Timeouts& timeouts) {
  WARP_CHECK(set_timeout(socket.get(), SO_RCVTIMEO, timeouts.receive));
  WARP_CHECK(set_timeout(socket.get(), SO_SNDTIMEO, timeouts.send));
  return Channel(std::move(socket), receiver, timeouts);
}

Result<> Channel::send(std::span<const OutgoingFrame> frames) {
  assert(!frames.empty() && frames.size() <= kMostFrames);
  if (std::any_of(frames.begin(), frames.end(), is_shared)) WARP_CHECK(hand_over_memory());
  std::array<std::array<char, wire::kFrameHeaderSize>, kMostFrames> headers;
  std::array<iovec, 2 * kMostFrames> pieces;
  std::size_t count = 0;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    assert(is_in_place(frames, i));
    const std::string_view payload = frames[i].payload;
    headers[i] = wire::encode_frame_header({.type = frames[i].type,
                                            .is_last = frames[i].is_last,
                                            .length = static_cast<std::uint32_t>(payload.size())});
    pieces[count++] = {.iov_base = headers[i].data(), .iov_len = headers[i].size()};
    // sendmsg only reads; iovec has no const form.
    if (!payload.empty())
      pieces[count++] = {.iov_base = const_cast<char*>(payload.data()), .iov_len = payload.size()};
  }
  return send_all(socket_.get(), std::span(pieces).first(count), frames.back().descriptor);
}

Result<wire::Frame> Channel::receive() {
  std::optional<Deadline> patience;  // with a frame that has begun; most come whole
  while (true) {
    WARP_TRY(const std::optional<wire::Frame> frame, next_held());
    if (frame) return *frame;
    if (patience && patience->has_passed())
      return fail(Errc::kTimeout, "no whole frame on the channel in time");
    if (!patience && !decoder_.is_empty()) patience = Deadline::in(timeouts_.receive);
    WARP_TRY([[maybe_unused]] const bool came, read_some(0));
  }
}

Result<std::optional<wire::Frame>> Channel::try_receive() {
  while (true) {
    WARP_TRY(const std::optional<wire::Frame> frame, next_held());
    if (frame) return frame;
    WARP_TRY(const bool came, read_some(MSG_DONTWAIT));
    if (!came) return std::nullopt;
  }
}

Result<std::optional<wire::Frame>> Channel::next_held() {
  while (true) {
    descriptors_.forget();
    WARP_TRY(const std::optional<wire::Frame> frame, decoder_.next());
    if (!frame) return frame;
    WARP_CHECK(descriptors_.deliver(*frame));
    if (frame->type == FrameType::kSharedBody) return find_shared(*frame);
    if (frame->type != FrameType::kBodyMemory) return frame;
    WARP_CHECK(take_memory());
  }
}

std::optional<FrameType> Channel::peek() const {
  const auto type = decoder_.peek();
  return type == FrameType::kSharedBody ? FrameType::kResponseBody : type;
}

BodyMemory* Channel::body_memory() {
  if (!body_memory_ && allowance_ != nullptr) {
    // What can't have it crosses through the socket.
    if (auto created = BodyMemory::create(*allowance_)) body_memory_.emplace(*std::move(created));
  }
  return body_memory_ ? &*body_memory_ : nullptr;
}

Result<> Channel::hand_over_memory() {
  const UniqueFd memory = body_memory_->release_fd();
  return memory ? send({.type = FrameType::kBodyMemory, .descriptor = memory.get()}) : Result<>();
}

Result<> Channel::take_memory() {
  if (body_memory_) return fail(Errc::kProtocol, "a second memory for bodies");
  WARP_TRY(BodyMemory memory, BodyMemory::map(descriptors_.take()));
  body_memory_.emplace(std::move(memory));
  return {};
}

Result<wire::Frame> Channel::find_shared(const wire::Frame& frame) const {
  if (!body_memory_) return fail(Errc::kProtocol, "part of a body in memory that has not come");
  WARP_TRY(const wire::FilePart part, wire::decode_file_part(frame.payload));
  WARP_TRY(const std::string_view bytes, body_memory_->view(part));
  return wire::Frame{.type = FrameType::kResponseBody, .is_last = frame.is_last, .payload = bytes};
}

// Not by reading the end of the stream, which a worker that leaves makes by itself.
bool Channel::is_connected() const {
  pollfd entry{socket_.get(), 0, 0};
  return ::poll(&entry, 1, 0) <= 0 || (entry.revents & (POLLHUP | POLLERR | POLLNVAL)) == 0;
}

// False when there is nothing to read yet.
Result<bool> Channel::read_some(int flags) {
  WARP_TRY(const ssize_t count, read(decoder_.space(), flags));
  if (count > 0) return true;
  if (count == 0 && decoder_.is_empty())
    return fail(Errc::kClosed, "channel closed by the other end");
  if (count == 0) return fail(Errc::kProtocol, "channel ended within a frame");
  if (would_block() && flags != MSG_DONTWAIT)
    return fail(Errc::kTimeout, "no answer on the channel in time");
  if (errno == EINTR || would_block()) return false;
  if (is_gone()) return fail(Errc::kClosed, "channel reset by the other end");
  return fail_errno("receive on channel");
}

// What recv() returns. A worker accepts no descriptor: the kernel drops it.
Result<ssize_t> Channel::read(std::span<char> space, int flags) {
  if (decoder_.receiver() == wire::Receiver::kWorker) {
    const ssize_t count = ::recv(socket_.get(), space.data(), space.size(), flags);
    if (count > 0) decoder_.filled(static_cast<std::size_t>(count));
    return count;
  }
  iovec piece{.iov_base = space.data(), .iov_len = space.size()};
  DescriptorSpace room;
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  accept_descriptor(message, room);
  const ssize_t count = ::recvmsg(socket_.get(), &message, flags | MSG_CMSG_CLOEXEC);
  if (count <= 0) return count;
  decoder_.filled(static_cast<std::size_t>(count));
  if (message.msg_controllen == 0 && (message.msg_flags & MSG_CTRUNC) == 0) return count;
  WARP_TRY(UniqueFd descriptor, take_attached(message));
  if (descriptor) WARP_CHECK(descriptors_.arrived(std::move(descriptor), decoder_.held()));
  return count;
}

}  // namespace warp::channel
