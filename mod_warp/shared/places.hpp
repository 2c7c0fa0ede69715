// The places for requests in the workers of a group, as httpd's children share them: a worker has
// one for each of its threads, and maybe more for requests that wait within it.
//
// Who takes a place writes itself into it, by one atomic operation. So there is no sum that could
// go wrong when a child is killed between two steps: the load of a worker is what its places say.
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>

namespace warp {

// Who has a place: nobody, a child (its pid), a request that waits in the queue and has not taken
// it up yet, or nobody who waits for the answer any more.
using Holder = std::int32_t;
inline constexpr Holder kFree = 0;
inline constexpr Holder kAbandoned = std::numeric_limits<Holder>::min();
[[nodiscard]] constexpr Holder reserved_for(std::uint32_t waiter) {
  return -static_cast<Holder>(waiter) - 1;
}

// Zeroed memory is a free place.
struct PlaceRecord {
  std::atomic<Holder> holder;
  std::atomic<std::uint64_t> request;  // the number of the one that is there
};

struct Place {
  std::uint32_t slot = 0;
  std::uint32_t index = 0;
};

struct SlotLoad {
  std::uint32_t taken = 0;
  std::optional<std::uint32_t> free;  // the first free place
};

class Places final {
 public:
  Places(std::span<PlaceRecord> records, std::uint32_t per_slot)
      : records_(records), per_slot_(per_slot) {}

  [[nodiscard]] std::uint32_t per_slot() const { return per_slot_; }
  [[nodiscard]] PlaceRecord& at(Place place) const {
    return records_[std::size_t{place.slot} * per_slot_ + place.index];
  }

  // Of the slot's first `most` places. An abandoned one becomes free when is_running(request) says
  // that the worker is done with it, too.
  template <typename IsRunning>
  [[nodiscard]] SlotLoad look(std::uint32_t slot, std::uint32_t most, IsRunning&& is_running) const;

  // False when somebody else was faster: of two that saw the same places, one has to look again.
  [[nodiscard]] bool take(Place place, Holder holder) const {
    Holder free = kFree;
    return at(place).holder.compare_exchange_strong(free, holder);
  }
  // Whichever is free of the first `most`, looked for from `hint` on; those of threads first.
  [[nodiscard]] std::optional<Place> take_any(std::uint32_t slot, std::uint32_t threads,
                                              std::uint32_t hint, Holder holder) const;
  void give_back(Place place) const { at(place).holder.store(kFree); }
  // Nobody waits for the answer any more, but the worker may still be busy with it.
  void abandon(Place place) const { at(place).holder.store(kAbandoned); }

  // What a process has that has ended is abandoned. Async-signal-safe.
  void abandon_all_of(Holder pid) const;
  [[nodiscard]] std::span<PlaceRecord> all() const { return records_; }

 private:
  std::span<PlaceRecord> records_;
  std::uint32_t per_slot_;
};

template <typename IsRunning>
SlotLoad Places::look(std::uint32_t slot, std::uint32_t most, IsRunning&& is_running) const {
  SlotLoad load;
  for (std::uint32_t index = 0; index < most; ++index) {
    PlaceRecord& record = at({.slot = slot, .index = index});
    Holder holder = record.holder.load();
    if (holder == kAbandoned && !is_running(slot, record.request.load()) &&
        record.holder.compare_exchange_strong(holder, kFree))
      holder = kFree;
    if (holder != kFree)
      ++load.taken;
    else if (!load.free)
      load.free = index;
  }
  return load;
}

}  // namespace warp
