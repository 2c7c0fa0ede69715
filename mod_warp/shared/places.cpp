#include "mod_warp/shared/places.hpp"

namespace warp {

std::optional<Place> Places::take_any(std::uint32_t slot, std::uint32_t threads, std::uint32_t hint,
                                      Holder holder) const {
  for (std::uint32_t step = 0; step < per_slot_; ++step) {
    const Place place{.slot = slot, .index = step < threads ? (hint + step) % threads : step};
    if (at(place).holder.load(std::memory_order_relaxed) == kFree && take(place, holder))
      return place;
  }
  return std::nullopt;
}

void Places::abandon_all_of(Holder pid) const {
  for (PlaceRecord& record : records_) {
    Holder holder = pid;
    record.holder.compare_exchange_strong(holder, kAbandoned);
  }
}

}  // namespace warp
