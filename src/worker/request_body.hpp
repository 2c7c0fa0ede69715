// The request's body, fetched from httpd's child by credit: nothing is sent that the application
// does not read.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/result.hpp"
#include "channel/channel.hpp"
#include "wire/request_head.hpp"
#include "worker/outlet.hpp"
#include "worker/serving_thread.hpp"

namespace warp::worker {

// Used by one thread at a time, which need not be the response's, without the GIL. Blocks at most
// the channel's receive time-out per call.
class RequestBody final {
 public:
  // `preload`: the bytes that came with the head (head.preloaded_length of them), valid until the
  // next receive on the channel, which is this object's. `thread`, which may be null, is told of
  // the waits for the client.
  RequestBody(channel::Channel& channel, Outlet& outlet, const wire::RequestHead& head,
              std::string_view preload, ServingThread* thread = nullptr);
  RequestBody(const RequestBody&) = delete;
  RequestBody& operator=(const RequestBody&) = delete;

  // Some bytes, at least one, at most the span; 0 at the body's end and for an empty span. After an
  // error the same error again: kClosed (the client or httpd went away, the body was aborted, or
  // the response has ended), kTimeout, kProtocol.
  [[nodiscard]] Result<std::size_t> read(std::span<char> into);

  // The channel can carry another request: no credit is outstanding, no error happened.
  [[nodiscard]] bool is_settled() const { return credit_ == 0 && !error_; }
  [[nodiscard]] bool is_at_end() const { return ended_ && available_.empty(); }

 private:
  [[nodiscard]] Result<> fetch(std::size_t wanted);
  [[nodiscard]] Result<> ask_for(std::size_t wanted);
  [[nodiscard]] Result<> take(const wire::Frame& frame);

  channel::Channel& channel_;
  Outlet& outlet_;
  ServingThread* thread_;
  std::string_view available_;         // of the preload, or of the channel's last frame
  std::optional<std::uint64_t> rest_;  // not received yet, when the length is known
  std::size_t credit_ = 0;             // asked for and not received yet
  bool ended_ = false;
  std::optional<Error> error_;
};

}  // namespace warp::worker
