// What a worker says about one request. What is not its response is dealt with on the way: credits
// for the request's body are served, lines for the error log are logged. So all of it may come at
// any time, in any mixture, while the child waits for either side.
#pragma once

#include <optional>

#include "base/deadline.hpp"
#include "mod_warp/child/connect.hpp"
#include "mod_warp/child/request.hpp"

namespace warp {

// Why the next frame does not come.
struct Interruption {
  Error error;
  std::optional<int> client_status;  // by the client's fault; what it is answered
};

template <typename T>
using Heard = tl::expected<T, Interruption>;

class Conversation final {
 public:
  // The request has been sent over the channel.
  Conversation(Request& request, Lease lease);

  // The next frame of the response (also interim, broken and rejected), waiting for it: valid until
  // the next call. A worker is waited for as long as its group's request-timeout says, however much
  // it logs, a client as long as httpd's Timeout.
  [[nodiscard]] Heard<wire::Frame> next();
  // The same without waiting: nullopt when none is there.
  [[nodiscard]] Heard<std::optional<wire::Frame>> try_next();

  // More of the body is here: the frames before it stay valid until it has been taken.
  [[nodiscard]] bool has_more_of_body() const;

  // Of the last frame, once.
  [[nodiscard]] UniqueFd take_descriptor() { return lease_.channel.take_descriptor(); }
  [[nodiscard]] std::uint32_t slot() const { return lease_.slot(); }
  // The response is here: the worker is free, however slow the client is.
  void end_load() { lease_.load.end(); }
  // After the response's end, when nothing of its last frame is needed any more: the channel may
  // serve another request, unless the worker has left something open.
  void end();
  // After anything else. What the application has said up to now is still logged; whatever it says
  // next, its worker sees that nobody listens.
  void hang_up();

 private:
  [[nodiscard]] bool waits_for_worker_only() const {
    return !request_->body.has_open_credit() && !worker_patience_;
  }
  [[nodiscard]] std::optional<Interruption> deal_with(const wire::Frame& frame);
  [[nodiscard]] std::optional<Interruption> take_credit(const wire::Frame& frame);
  [[nodiscard]] std::optional<Interruption> take_log(const wire::Frame& frame);
  [[nodiscard]] std::optional<Interruption> serve_credit(apr_read_type_e blocking);
  [[nodiscard]] std::optional<Interruption> wait();
  [[nodiscard]] std::optional<Interruption> give_up();

  Request* request_;
  Lease lease_;
  // Running only while the worker has logged since its last frame of another kind.
  std::optional<Deadline> worker_patience_;
  // Running only while a credit is open.
  std::optional<Deadline> client_patience_;
};

}  // namespace warp
