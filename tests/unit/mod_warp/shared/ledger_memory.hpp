// A ledger for tests, and its workers, which are always ready.
#pragma once

#include <optional>

#include "mod_warp/shared/ledger.hpp"

namespace warp {

inline constexpr LedgerSize kTwoByTwo{.slots = 2, .places = 2, .queue_limit = 8};

inline Ledger make_ledger(const LedgerSize& size) {
  return Ledger::map(Ledger::create(size)->get(), size).value();
}

inline constexpr auto kNothingRuns = [](std::uint32_t /*slot*/, std::uint64_t /*request*/) {
  return false;
};

// The least loaded of the slots.
inline std::optional<Place> least_loaded(const Ledger& ledger, const LedgerSize& size) {
  std::optional<Place> place;
  std::uint32_t lowest = size.places;
  for (std::uint32_t slot = 0; slot < size.slots; ++slot) {
    const SlotLoad load = ledger.places().look(slot, size.places, kNothingRuns);
    if (load.taken >= lowest) continue;
    lowest = load.taken;
    place = Place{.slot = slot, .index = *load.free};
  }
  return place;
}

inline bool serve(const Ledger& ledger, const LedgerSize& size,
                  std::optional<std::uint32_t> ticket = std::nullopt) {
  return ledger.queue().serve(
      [&](std::optional<std::uint32_t> /*avoided*/) { return least_loaded(ledger, size); }, ticket);
}

inline std::uint32_t places_taken(const Ledger& ledger, const LedgerSize& size) {
  std::uint32_t taken = 0;
  for (std::uint32_t slot = 0; slot < size.slots; ++slot)
    taken += ledger.places().look(slot, size.places, kNothingRuns).taken;
  return taken;
}

}  // namespace warp
