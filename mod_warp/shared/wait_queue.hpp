// The queue of a group: requests for which no worker has a free thread, of all of httpd's children,
// first come first served.
//
// Whoever frees a place gives it to the first in the queue and wakes it; so nobody has to be woken
// to compete for it, and one that is slow to wake holds up nobody else. What may change without a
// wake-up (a worker gets ready) is noticed because those who wait look again now and then.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>

#include "base/result.hpp"
#include "mod_warp/shared/places.hpp"
#include "mod_warp/shared/robust_mutex.hpp"

namespace warp {

enum class WaiterState : std::uint32_t {
  kNone = 0,
  kWaiting,
  kServed,  // it has a place, which is reserved for it
};

// Guarded by the queue's mutex, but for the way from kServed to kNone, which is the owner's.
struct WaiterRecord {
  std::atomic<std::uint32_t> state;  // a WaiterState, and the word that the owner waits for
  std::atomic<std::int32_t> pid;
  std::int64_t arrival;   // nanoseconds of the steady clock, which all processes share
  std::uint32_t avoided;  // a slot plus one; 0: none
  Place place;
};

// Zeroed memory, but for the mutex.
struct QueueHead {
  RobustMutex mutex;  // guards: the waiters
  std::atomic<std::uint32_t> waiting;
  std::atomic<std::uint32_t> used;  // no waiter's record beyond these has ever been used
};

struct Arrival {
  std::chrono::steady_clock::time_point at;
  std::optional<std::uint32_t> avoided = std::nullopt;  // a slot that has just failed the request
  bool is_new = true;  // one that comes back is not bound by the limit
};

class WaitQueue final {
 public:
  WaitQueue(QueueHead& head, std::span<WaiterRecord> waiters, Places places, std::uint32_t limit)
      : head_(&head), waiters_(waiters), places_(places), limit_(limit) {}

  // Nobody may overtake those.
  [[nodiscard]] bool is_anyone_waiting() const { return length() > 0; }
  [[nodiscard]] std::uint32_t length() const { return head_->waiting.load(); }

  // Joins the queue, by the time of arrival; gives a ticket, to be given up by leave() or take().
  // kOverloaded: it is full. kTimeout: another process holds the mutex.
  [[nodiscard]] Result<std::uint32_t> enter(const Arrival& arrival, std::int32_t pid) const;

  // Gives places to those in front while there are any: choose(avoided) names a free one, or none.
  // Says whether the ticket's owner is the next one now; nullopt for a ticket is for who has none.
  template <typename Choose>
  bool serve(Choose&& choose, std::optional<std::uint32_t> ticket = std::nullopt) const;

  [[nodiscard]] bool is_served(std::uint32_t ticket) const;
  // Until it is served, or for so long.
  void wait(std::uint32_t ticket, std::chrono::nanoseconds longest) const;
  // The place of a ticket that is served.
  [[nodiscard]] Place take(std::uint32_t ticket, std::int32_t pid) const;
  // Without a place: one that it was given meanwhile is free again, for others. False when the
  // mutex can't be had; the record is lost until the process ends.
  bool leave(std::uint32_t ticket) const;

  // Forgets a process that has ended.
  void process_ended(std::int32_t pid) const;

 private:
  // Unlocks at its end. Repairs what a dead process has left half done.
  class Turn final {
   public:
    explicit Turn(const WaitQueue& queue);
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    ~Turn();
    explicit operator bool() const { return has_lock_; }

   private:
    QueueHead& head_;
    bool has_lock_;
  };

  [[nodiscard]] std::optional<std::uint32_t> first() const;
  [[nodiscard]] std::optional<std::uint32_t> unused_record() const;
  [[nodiscard]] bool reserve(std::uint32_t waiter, Place place) const;
  void complete(std::uint32_t waiter, Place place) const;
  void forget(std::uint32_t waiter) const;
  void repair() const;

  QueueHead* head_;
  std::span<WaiterRecord> waiters_;
  Places places_;
  std::uint32_t limit_;
};

template <typename Choose>
bool WaitQueue::serve(Choose&& choose, std::optional<std::uint32_t> ticket) const {
  const Turn turn(*this);
  if (!turn) return false;
  while (const std::optional<std::uint32_t> next = first()) {
    const std::uint32_t avoided = waiters_[*next].avoided;
    const std::optional<Place> place =
        choose(avoided > 0 ? std::optional(avoided - 1) : std::nullopt);
    if (!place) return next == ticket;
    if (reserve(*next, *place)) complete(*next, *place);
  }
  return false;
}

}  // namespace warp
