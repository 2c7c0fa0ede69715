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
#include "channel/body_memory.hpp"
#include "channel/descriptor_match.hpp"
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
  int descriptor = -1;            // for a type that carries one (asserted); stays the caller's
};

// One thread may receive while another sends. Two threads that send need a lock of their own.
class Channel final {
 public:
  // Takes a connected, blocking SOCK_STREAM socket.
  [[nodiscard]] static Result<Channel> adopt(UniqueFd socket, wire::Receiver receiver,
                                             const Timeouts& timeouts);

  [[nodiscard]] int fd() const { return socket_.get(); }
  [[nodiscard]] std::chrono::milliseconds send_timeout() const { return timeouts_.send; }

  // All frames in as few system calls as the socket's buffer allows, in order. At most kMostFrames,
  // a descriptor only with the last and behind nothing but a response's head (asserted).
  // kClosed: the other end is gone or takes nothing more. kTimeout: it has not read for
  // Timeouts::send.
  static constexpr std::size_t kMostFrames = 4;
  [[nodiscard]] Result<> send(std::span<const OutgoingFrame> frames);
  [[nodiscard]] Result<> send(const OutgoingFrame& frame) { return send(std::span(&frame, 1)); }

  // Worker: from now on responses may have memory to cross in, as far as the allowance goes, which
  // outlives the channel.
  void allow_body_memory(BodyMemoryAllowance& allowance) { allowance_ = &allowance; }
  // Worker, the thread that sends the response: that memory, with which the child is done when it
  // sends the next request; nullptr: there is none. The first kSharedBody frame takes it along.
  [[nodiscard]] BodyMemory* body_memory();
  [[nodiscard]] bool has_body_memory() const { return body_memory_.has_value(); }

  // The next frame, waiting for it. The payload is valid until the next receive. A part of a body
  // that crossed in memory is given as kResponseBody.
  // kClosed: the stream ended between frames; kProtocol: it ended within one, the bytes are no
  // frame, or a descriptor is missing or too many; kTimeout, also for a frame that comes in pieces
  // and is not whole in time.
  [[nodiscard]] Result<wire::Frame> receive();
  // The same without waiting: nullopt when no whole frame is there yet.
  [[nodiscard]] Result<std::optional<wire::Frame>> try_receive();

  // A frame that an earlier receive has brought along, without a system call; nullopt when none is
  // whole. Payloads given by this stay valid together, until the next receive or try_receive.
  [[nodiscard]] Result<std::optional<wire::Frame>> next_held();

  // The type of the next frame when it is here already: receiving it keeps the payloads of those
  // before it valid.
  [[nodiscard]] std::optional<wire::FrameType> peek() const;

  // What came with the last received frame, if its type carries a descriptor: once, and until the
  // next frame, which closes it.
  [[nodiscard]] UniqueFd take_descriptor() { return descriptors_.take(); }

  // The other end has not closed the channel, or shut both of its directions. No wait; for any
  // thread.
  [[nodiscard]] bool is_connected() const;

  // When the channel is about to be unused for a while: gives back what large frames needed.
  void shrink() { decoder_.shrink(); }

  // Nothing of an unfinished frame is held: after a response the channel may be used again.
  [[nodiscard]] bool is_at_boundary() const {
    return decoder_.is_empty() && !descriptors_.is_waiting();
  }

 private:
  Channel(UniqueFd socket, wire::Receiver receiver, const Timeouts& timeouts)
      : socket_(std::move(socket)), decoder_(receiver), timeouts_(timeouts) {}
  [[nodiscard]] Result<> hand_over_memory();
  [[nodiscard]] Result<> take_memory();
  [[nodiscard]] Result<wire::Frame> find_shared(const wire::Frame& frame) const;
  [[nodiscard]] Result<bool> read_some(int flags);
  [[nodiscard]] Result<ssize_t> read(std::span<char> space, int flags);

  UniqueFd socket_;
  wire::FrameDecoder decoder_;
  DescriptorMatch descriptors_;
  Timeouts timeouts_;
  BodyMemoryAllowance* allowance_ = nullptr;
  std::optional<BodyMemory> body_memory_;
};

}  // namespace warp::channel
