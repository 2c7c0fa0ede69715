#include "channel/pool.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace warp::channel {

Pool::Pool(std::uint32_t slots, std::size_t most_idle_per_slot)
    : most_idle_(most_idle_per_slot), slots_(slots) {}

std::vector<Pool::Idle> Pool::Slot::enter(std::uint32_t next) {
  if (incarnation == next) return {};
  incarnation = next;
  std::vector<Idle> others = std::exchange(plain, {});
  std::move(with_memory.begin(), with_memory.end(), std::back_inserter(others));
  with_memory.clear();
  return others;
}

std::optional<Channel> Pool::take(std::uint32_t slot, std::uint32_t incarnation) {
  std::vector<Idle> outdated;  // closed after the lock is released
  Slot& place = slots_[slot];
  const std::lock_guard lock(place.mutex);
  outdated = place.enter(incarnation);
  std::vector<Idle>& idle = place.with_memory.empty() ? place.plain : place.with_memory;
  if (idle.empty()) return std::nullopt;
  Channel channel = std::move(idle.back().channel);
  idle.pop_back();
  return channel;
}

void Pool::give_back(std::uint32_t slot, std::uint32_t incarnation, Channel channel,
                     Clock::time_point now) {
  std::vector<Idle> outdated;
  channel.shrink();
  Slot& place = slots_[slot];
  const std::lock_guard lock(place.mutex);
  outdated = place.enter(incarnation);
  std::vector<Idle>& kept = place.with_memory;
  if (!kept.empty() && now - kept.front().since > kLongestUnused) {
    outdated.push_back(std::move(kept.front()));
    kept.erase(kept.begin());
  }
  if (place.plain.size() + kept.size() >= most_idle_) return;
  std::vector<Idle>& idle = channel.has_body_memory() ? kept : place.plain;
  idle.push_back({std::move(channel), now});
}

}  // namespace warp::channel
