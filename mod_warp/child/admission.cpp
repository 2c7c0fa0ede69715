#include "mod_warp/child/admission.hpp"

#include <algorithm>
#include <utility>

#include "mod_warp/child/error_page.hpp"
#include "mod_warp/child/wait.hpp"

namespace warp {
namespace {

// The first in the queue looks for workers that have become ready; the others only see to their
// clients and their time.
constexpr std::chrono::milliseconds kPauseOfFirst{10};
constexpr std::chrono::milliseconds kPauseOfOthers{100};

std::string seconds_text(std::chrono::milliseconds duration) {
  return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(duration).count()) + " s";
}

Trouble full_queue(const ChildGroup& group) {
  return {core::Failure::kQueueFull,
          std::to_string(group.group.queue.queue_limit) + " requests are waiting (queue-limit)",
          {}};
}

// A place in the queue, given up on every way out.
class Ticket final {
 public:
  Ticket(const ChildGroup& group, std::uint32_t number) : group_(group), number_(number) {}
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;
  ~Ticket() {
    if (was_taken_) return;
    group_.ledger.queue().leave(number_);
    serve_queue(group_);
  }
  [[nodiscard]] std::uint32_t number() const { return number_; }
  [[nodiscard]] Claim take() {
    was_taken_ = true;
    return {group_, group_.ledger.queue().take(number_, group_.pid)};
  }

 private:
  const ChildGroup& group_;
  std::uint32_t number_;
  bool was_taken_ = false;
};

}  // namespace

Admission::Admission(Request& request, TimePoint arrival)
    : request_(request),
      arrival_(arrival),
      queue_end_(arrival + request.group.group.queue.queue_timeout) {}

void Admission::begin_again() {
  queue_end_ = Deadline::Clock::now() + request_.group.group.queue.queue_timeout;
}

tl::expected<Claim, Trouble> Admission::enter(std::optional<std::uint32_t> avoided) {
  const bool is_new = std::exchange(is_new_, false);
  if (!request_.group.ledger.queue().is_anyone_waiting()) {
    if (auto claim = enter_at_once(avoided)) {
      if (claim->is_beyond_threads())
        request_.group.ledger.condition().note_saturation(arrival_);
      else
        request_.group.ledger.condition().note_room();
      return *std::move(claim);
    }
  }
  return wait_in_queue(avoided, is_new);
}

std::optional<Claim> Admission::enter_at_once(std::optional<std::uint32_t> avoided) const {
  const ChildGroup& group = request_.group;
  if (const auto place = take_in_only_worker(group, static_cast<std::uint32_t>(request_.number)))
    return Claim(group, *place);
  while (const std::optional<Place> place = look_for_room(group, avoided).place)
    if (group.ledger.places().take(*place, group.pid)) return Claim(group, *place);
  return std::nullopt;
}

// It has as many requests waiting within it as may wait.
bool Admission::is_only_worker_full(std::optional<std::uint32_t> avoided) const {
  if (request_.group.group.settings.processes != 1) return false;
  const core::WorkerChoice choice = look_for_room(request_.group, avoided).choice;
  return core::takes_requests(choice.readiness()) && !choice.is_one_starting() &&
         choice.load() >= request_.group.ledger.places().per_slot();
}

tl::expected<Claim, Trouble> Admission::wait_in_queue(std::optional<std::uint32_t> avoided,
                                                      bool is_new) {
  const ChildGroup& group = request_.group;
  const WaitQueue queue = group.ledger.queue();
  group.ledger.condition().note_saturation(arrival_);
  if (is_new && is_only_worker_full(avoided)) return tl::unexpected(full_queue(group));
  const auto number =
      queue.enter({.at = arrival_, .avoided = avoided, .is_new = is_new}, group.pid);
  if (!number && number.error().code == Errc::kOverloaded) return tl::unexpected(full_queue(group));
  if (!number) return tl::unexpected(Trouble{core::Failure::kNoWorker, number.error().detail, {}});
  Ticket ticket(group, *number);
  log_waiting(request_);
  while (true) {
    const bool is_next = queue.serve(
        [&](std::optional<std::uint32_t> other) { return look_for_room(group, other).place; },
        ticket.number());
    const bool is_served = queue.is_served(ticket.number());
    if (is_client_gone(request_.httpd->connection))
      return tl::unexpected(Trouble{{}, {}, kClientClosedRequest});
    if (is_served) return ticket.take();
    if (auto trouble = give_up(look_for_room(group, avoided).choice))
      return tl::unexpected(*std::move(trouble));
    queue.wait(ticket.number(), pause(is_next));
  }
}

std::chrono::nanoseconds Admission::pause(bool is_next) const {
  const std::chrono::nanoseconds usual = is_next ? kPauseOfFirst : kPauseOfOthers;
  return std::min({usual, Deadline(queue_end_).remaining(), worker_deadline_.remaining()});
}

std::optional<Trouble> Admission::give_up(const core::WorkerChoice& choice) {
  if (request_.child.active().is_stopping())
    return Trouble{core::Failure::kNoWorker, "httpd stops", {}};
  if (!choice.chosen())
    return Trouble{core::Failure::kNoWorker, "there is no worker, or all wait after crashes", {}};
  if (auto trouble = give_up_on_workers(choice.readiness())) return trouble;
  if (!Deadline(queue_end_).has_passed()) return std::nullopt;
  return Trouble{core::Failure::kQueueTimeout,
                 "no worker had a free thread for it within " +
                     seconds_text(request_.group.group.queue.queue_timeout) + " (queue-timeout)",
                 {}};
}

std::optional<Trouble> Admission::give_up_on_workers(core::Readiness readiness) {
  if (readiness != seen_) {
    seen_ = readiness;
    worker_deadline_ = readiness == core::Readiness::kAbsent
                           ? Deadline::in(request_.group.group.queue.connect_timeout)
                       : readiness == core::Readiness::kStarting
                           ? Deadline::in(request_.group.group.settings.startup_timeout)
                           : Deadline::never();
  }
  if (!worker_deadline_.has_passed()) return std::nullopt;
  return Trouble{core::Failure::kNoWorker,
                 readiness == core::Readiness::kAbsent ? "there is no worker"
                                                       : "the worker takes too long to start",
                 {}};
}

}  // namespace warp
