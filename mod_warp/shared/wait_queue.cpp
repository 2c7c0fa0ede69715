#include "mod_warp/shared/wait_queue.hpp"

#include <signal.h>

#include <cerrno>

#include "mod_warp/shared/futex.hpp"

namespace warp {
namespace {

// The mutex is held for microseconds, so its holder is stopped or starved.
constexpr std::chrono::milliseconds kPatience{500};

constexpr auto kNone = static_cast<std::uint32_t>(WaiterState::kNone);
constexpr auto kWaiting = static_cast<std::uint32_t>(WaiterState::kWaiting);
constexpr auto kServed = static_cast<std::uint32_t>(WaiterState::kServed);

bool is_gone(std::int32_t pid) { return ::kill(pid, 0) != 0 && errno == ESRCH; }

}  // namespace

WaitQueue::Turn::Turn(const WaitQueue& queue) : head_(*queue.head_) {
  const Locked locked = head_.mutex.lock(Deadline::in(kPatience));
  has_lock_ = locked != Locked::kNot;
  if (locked == Locked::kAfterDeath) queue.repair();
}

WaitQueue::Turn::~Turn() {
  if (has_lock_) head_.mutex.unlock();
}

Result<std::uint32_t> WaitQueue::enter(const Arrival& arrival, std::int32_t pid) const {
  const Turn turn(*this);
  if (!turn) return fail(Errc::kTimeout, "the queue of the group is held by another process");
  const std::optional<std::uint32_t> unused = unused_record();
  if (!unused || (arrival.is_new && head_->waiting.load() >= limit_))
    return fail(Errc::kOverloaded, "the queue of the group is full");
  WaiterRecord& waiter = waiters_[*unused];
  waiter.pid.store(pid);
  waiter.arrival = arrival.at.time_since_epoch().count();
  waiter.avoided = arrival.avoided ? *arrival.avoided + 1 : 0;
  waiter.state.store(kWaiting);
  // Before the places are looked at: who frees one later sees it.
  head_->waiting.fetch_add(1);
  return *unused;
}

std::optional<std::uint32_t> WaitQueue::unused_record() const {
  const std::uint32_t used = head_->used.load();
  for (std::uint32_t index = 0; index < used; ++index)
    if (waiters_[index].state.load() == kNone) return index;
  if (used == waiters_.size()) return std::nullopt;
  head_->used.store(used + 1);
  return used;
}

// Few are waiting, as the queue is bounded: looking through them needs no order that a process
// could leave half changed.
std::optional<std::uint32_t> WaitQueue::first() const {
  if (head_->waiting.load() == 0) return std::nullopt;
  while (true) {
    std::optional<std::uint32_t> found;
    const std::uint32_t used = head_->used.load();
    for (std::uint32_t index = 0; index < used; ++index) {
      const WaiterRecord& waiter = waiters_[index];
      if (waiter.state.load() != kWaiting) continue;
      if (!found || waiter.arrival < waiters_[*found].arrival) found = index;
    }
    // The end of a process may not have been reported here yet.
    if (!found || !is_gone(waiters_[*found].pid.load())) return found;
    forget(*found);
  }
}

// In two steps that a repair can tell: first the place says for whom it is, then the waiter knows.
bool WaitQueue::reserve(std::uint32_t waiter, Place place) const {
  return places_.take(place, reserved_for(waiter));
}

void WaitQueue::complete(std::uint32_t waiter, Place place) const {
  waiters_[waiter].place = place;
  waiters_[waiter].state.store(kServed);
  head_->waiting.fetch_sub(1);
  futex_wake(waiters_[waiter].state);
}

bool WaitQueue::is_served(std::uint32_t ticket) const {
  return waiters_[ticket].state.load() == kServed;
}

void WaitQueue::wait(std::uint32_t ticket, std::chrono::nanoseconds longest) const {
  futex_wait(waiters_[ticket].state, kWaiting, longest);
}

Place WaitQueue::take(std::uint32_t ticket, std::int32_t pid) const {
  const Place place = waiters_[ticket].place;
  places_.at(place).holder.store(pid);
  waiters_[ticket].state.store(kNone);
  return place;
}

bool WaitQueue::leave(std::uint32_t ticket) const {
  const Turn turn(*this);
  if (!turn) return false;
  forget(ticket);
  return true;
}

// Of whatever state.
void WaitQueue::forget(std::uint32_t waiter) const {
  WaiterRecord& record = waiters_[waiter];
  const std::uint32_t state = record.state.load();
  if (state == kServed) {
    Holder reserved = reserved_for(waiter);
    places_.at(record.place).holder.compare_exchange_strong(reserved, kFree);
  }
  record.state.store(kNone);
  if (state == kWaiting) head_->waiting.fetch_sub(1);
}

void WaitQueue::process_ended(std::int32_t pid) const {
  {
    const Turn turn(*this);
    const std::uint32_t used = turn ? head_->used.load() : 0;
    for (std::uint32_t index = 0; index < used; ++index)
      if (waiters_[index].state.load() != kNone && waiters_[index].pid.load() == pid) forget(index);
  }
  // Only now: nothing can be given to it any more.
  places_.abandon_all_of(pid);
}

void WaitQueue::repair() const {
  const std::span<PlaceRecord> places = places_.all();
  for (std::uint32_t index = 0; index < places.size(); ++index) {
    Holder holder = places[index].holder.load();
    if (holder >= kFree || holder == kAbandoned) continue;
    const auto waiter = static_cast<std::uint32_t>(-(holder + 1));
    if (waiter >= waiters_.size() || waiters_[waiter].state.load() == kNone) {
      // Unless its owner has just taken it.
      places[index].holder.compare_exchange_strong(holder, kFree);
    } else if (waiters_[waiter].state.load() == kWaiting) {
      const std::uint32_t per_slot = places_.per_slot();
      complete(waiter, {.slot = index / per_slot, .index = index % per_slot});
    }
  }
  std::uint32_t waiting = 0;
  for (const WaiterRecord& waiter : waiters_)
    if (waiter.state.load() == kWaiting) ++waiting;
  head_->waiting.store(waiting);
}

}  // namespace warp
