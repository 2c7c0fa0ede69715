// Which frame a received descriptor belongs to. A stream socket tells it only roughly: a receive
// ends at the latest with the bytes of the send that carried the descriptor.
#pragma once

#include <cstddef>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "wire/frame.hpp"

namespace warp::channel {

// After an error the stream is to be closed. The descriptors are closed with this object at the
// latest.
class DescriptorMatch final {
 public:
  // A descriptor has come with the last of the `held` bytes that are not delivered yet. The frame
  // of an earlier one may be complete only with them; kProtocol when two wait already.
  [[nodiscard]] Result<> arrived(UniqueFd descriptor, std::size_t held);

  // For every frame, in order. kProtocol when it lacks its descriptor, or when one came with it
  // that is not its own or the next frame's (a response's head leaves together with a file).
  [[nodiscard]] Result<> deliver(const wire::Frame& frame) {
    if (!first_.descriptor && !wire::carries_descriptor(frame.type)) return {};
    return match(frame);
  }

  // The last delivered frame's. One that is not taken is closed by forget().
  [[nodiscard]] UniqueFd take() { return std::move(delivered_); }
  void forget() { delivered_.reset(); }

  [[nodiscard]] bool is_waiting() const { return static_cast<bool>(first_.descriptor); }

 private:
  [[nodiscard]] Result<> match(const wire::Frame& frame);

  struct Waiting {
    UniqueFd descriptor = {};
    std::size_t distance = 0;  // from the next frame's first byte to the last that it came with
  };
  Waiting first_;
  Waiting second_;
  UniqueFd delivered_;
};

}  // namespace warp::channel
