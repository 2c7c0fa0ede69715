// One end of a stream between httpd's child and a worker: whole frames out, whole frames in, no
// wait without an end.
#pragma once

#include <sys/uio.h>

#include <chrono>
#include <optional>
#include <span>
#include <string_view>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "wire/frame.hpp"

namespace warp::channel {

// Longest silence that a blocking call accepts, kept in the socket itself (SO_RCVTIMEO,
// SO_SNDTIMEO) so that a usual request costs one system call to send and one to receive, without
// poll.
struct Timeouts {
  std::chrono::milliseconds receive{60'000};
  std::chrono::milliseconds send{60'000};
};

// One piece of a send: a frame's header and its payload.
struct OutgoingFrame {
  wire::FrameType type{};
  bool is_last = false;
  std::string_view payload = {};  // within the type's bound (asserted)
};

class Channel final {
 public:
  // Takes a connected, blocking SOCK_STREAM socket.
  [[nodiscard]] static Result<Channel> adopt(UniqueFd socket, wire::Receiver receiver,
                                             const Timeouts& timeouts);

  [[nodiscard]] int fd() const { return socket_.get(); }

  // All frames in as few system calls as the socket's buffer allows, in order. At most kMostFrames.
  // kClosed: the other end is gone or takes nothing more. kTimeout: it has not read for
  // Timeouts::send.
  static constexpr std::size_t kMostFrames = 4;
  [[nodiscard]] Result<> send(std::span<const OutgoingFrame> frames);
  [[nodiscard]] Result<> send(const OutgoingFrame& frame) { return send(std::span(&frame, 1)); }

  // The next frame, waiting for it. The payload is valid until the next receive.
  // kClosed: the stream ended between frames; kProtocol: it ended within one, or the bytes are no
  // frame; kTimeout.
  [[nodiscard]] Result<wire::Frame> receive();
  // The same without waiting: nullopt when no whole frame is there yet.
  [[nodiscard]] Result<std::optional<wire::Frame>> try_receive();

  // Nothing of an unfinished frame is held: after a response the channel may be used again.
  [[nodiscard]] bool is_at_boundary() const { return decoder_.is_empty(); }

 private:
  Channel(UniqueFd socket, wire::Receiver receiver)
      : socket_(std::move(socket)), decoder_(receiver) {}
  [[nodiscard]] Result<std::optional<wire::Frame>> receive_with(int flags);

  UniqueFd socket_;
  wire::FrameDecoder decoder_;
};

}  // namespace warp::channel
