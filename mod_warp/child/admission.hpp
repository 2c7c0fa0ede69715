// How a request comes to a worker that takes it: at once, or by waiting in the queue of the group.
#pragma once

#include <chrono>
#include <optional>

#include "base/deadline.hpp"
#include "mod_warp/child/claim.hpp"
#include "mod_warp/child/request.hpp"
#include "mod_warp/child/trouble.hpp"

namespace warp {

class Admission final {
 public:
  using TimePoint = Deadline::Clock::time_point;

  // `arrival` is the request's rank in the queue.
  Admission(Request& request, TimePoint arrival);

  // A place in a worker; `avoided` is the slot that has just failed. While a request is here, it
  // surely has not started, should no worker be able to take it.
  [[nodiscard]] tl::expected<Claim, Trouble> enter(std::optional<std::uint32_t> avoided);
  // The request has been in a worker; the time there does not count as a wait for one.
  void begin_again();
  // When the time has passed that a request may wait for a thread, here and in its worker.
  [[nodiscard]] TimePoint queue_end() const { return queue_end_; }

 private:
  [[nodiscard]] std::optional<Claim> enter_at_once(std::optional<std::uint32_t> avoided) const;
  [[nodiscard]] tl::expected<Claim, Trouble> wait_in_queue(std::optional<std::uint32_t> avoided,
                                                           bool is_new);
  [[nodiscard]] bool is_only_worker_full(std::optional<std::uint32_t> avoided) const;
  [[nodiscard]] std::optional<Trouble> give_up(const core::WorkerChoice& choice);
  [[nodiscard]] std::optional<Trouble> give_up_on_workers(core::Readiness readiness);
  [[nodiscard]] std::chrono::nanoseconds pause(bool is_next) const;

  Request& request_;
  TimePoint arrival_;
  TimePoint queue_end_;
  bool is_new_ = true;  // no worker has had it
  // With a group without a ready worker, for as long as it stays so.
  core::Readiness seen_ = core::Readiness::kReady;
  Deadline worker_deadline_ = Deadline::never();
};

}  // namespace warp
