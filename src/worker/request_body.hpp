// The request's body, fetched from httpd's child by credit: nothing is sent that the application does not read.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/result.hpp"
#include "channel/channel.hpp"
#include "wire/request_head.hpp"

namespace warp::worker {

// Used by one thread at a time, without the GIL. Blocks at most the channel's receive time-out per call.
class RequestBody final {
 public:
  // `preload`: the bytes that came with the head (head.preloaded_length of them).
  RequestBody(channel::Channel& channel, const wire::RequestHead& head, std::string preload);

  // Some bytes, at least one, at most the span; 0 at the body's end. After an error the same error again:
  // kClosed (the client or httpd went away, or the body was aborted), kTimeout, kProtocol.
  [[nodiscard]] Result<std::size_t> read(std::span<char> into);

  // The channel can carry another request: no credit is outstanding, no error happened.
  [[nodiscard]] bool is_settled() const;
  [[nodiscard]] bool is_at_end() const;
};

}  // namespace warp::worker
