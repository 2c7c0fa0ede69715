// What a worker says about one request. What is not its response is dealt with on the way: credits
// for the request's body are served, lines for the error log are logged. So all of it may come at
// any time, in any mixture, while the child waits for either side.
#pragma once

#include <optional>

#include "base/deadline.hpp"
#include "mod_warp/child/connect.hpp"
#include "mod_warp/child/request.hpp"
#include "mod_warp/core/worker_patience.hpp"

namespace warp {

// Why the next frame does not come.
struct Interruption {
  Error error;
  std::optional<int> client_status;  // by the client's doing; what it is answered
};

template <typename T>
using Heard = tl::expected<T, Interruption>;

class Conversation final {
 public:
  // The request has been sent over the channel. `queue_end`: when a thread of the worker must have
  // taken it up.
  Conversation(Request& request, Lease lease, core::WorkerPatience::TimePoint queue_end);

  // The next frame of the response (also interim, broken and rejected), waiting for it: valid until
  // the next call. A worker is waited for as long as its group's request-timeout says, however much
  // it logs, a client as long as httpd's Timeout. A client that leaves ends the wait within about a
  // second.
  [[nodiscard]] Heard<wire::Frame> next();
  // The same without waiting: nullopt when none is there.
  [[nodiscard]] Heard<std::optional<wire::Frame>> try_next();

  // More of the body is here: the frames before it stay valid until it has been taken.
  [[nodiscard]] bool has_more_of_body() const;

  // Of the last frame, once.
  [[nodiscard]] UniqueFd take_descriptor() { return lease_.channel.take_descriptor(); }
  [[nodiscard]] std::uint32_t slot() const { return lease_.slot(); }
  [[nodiscard]] std::uint32_t incarnation() const { return lease_.incarnation(); }
  // The worker has said something about the request: the application has been called with it.
  [[nodiscard]] bool has_heard() const { return has_heard_; }
  // The response is here: the worker is free, however slow the client is.
  void end_load();
  // No thread of the worker has taken it up, as far as is known.
  [[nodiscard]] bool is_queued() const {
    return patience_.waits() == core::WorkerPatience::Waits::kForThread;
  }
  // After the response's end, when nothing of its last frame is needed any more: the channel may
  // serve another request, unless the worker has left something open.
  void end();
  // After anything else. What the application has said up to now is still logged; whatever it says
  // next, its worker sees that nobody listens.
  void hang_up();

 private:
  using Clock = Deadline::Clock;

  [[nodiscard]] std::optional<Interruption> deal_with(const wire::Frame& frame);
  [[nodiscard]] std::optional<Interruption> take_credit(const wire::Frame& frame);
  [[nodiscard]] std::optional<Interruption> take_log(const wire::Frame& frame);
  [[nodiscard]] std::optional<Interruption> serve_credit(apr_read_type_e blocking);
  [[nodiscard]] Heard<std::optional<wire::Frame>> receive();
  [[nodiscard]] std::optional<Interruption> wait();
  [[nodiscard]] std::optional<Interruption> wait_for_body();
  [[nodiscard]] std::optional<Interruption> wait_for_worker();
  [[nodiscard]] std::optional<Interruption> give_up();
  void resume_patience();
  void look_at_worker();

  Request* request_;
  Lease lease_;
  core::WorkerPatience patience_;
  bool has_heard_ = false;
  // Nothing has come for a while, or only lines for the log: from now on the client and the exact
  // time are seen to.
  bool is_slow_ = false;
  // Since the last frame the worker has not been waited for.
  bool is_patience_paused_ = false;
  // Running only while a credit is open.
  std::optional<Deadline> client_patience_;
};

}  // namespace warp
