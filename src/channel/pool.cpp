#include "channel/pool.hpp"

#include <utility>

namespace warp::channel {

Pool::Pool(std::uint32_t slots, std::size_t most_idle_per_slot)
    : most_idle_(most_idle_per_slot), slots_(slots) {}

std::optional<Channel> Pool::take(std::uint32_t slot, std::uint32_t incarnation) {
  std::vector<Idle> outdated;  // closed after the lock is released
  const std::lock_guard lock(slots_[slot].mutex);
  std::vector<Idle>& idle = slots_[slot].idle;
  if (idle.empty()) return std::nullopt;
  if (idle.back().incarnation != incarnation) {
    outdated.swap(idle);
    return std::nullopt;
  }
  Channel channel = std::move(idle.back().channel);
  idle.pop_back();
  return channel;
}

void Pool::give_back(std::uint32_t slot, std::uint32_t incarnation, Channel channel) {
  std::vector<Idle> outdated;
  channel.shrink();
  const std::lock_guard lock(slots_[slot].mutex);
  std::vector<Idle>& idle = slots_[slot].idle;
  if (!idle.empty() && idle.back().incarnation != incarnation) outdated.swap(idle);
  if (idle.size() < most_idle_) idle.push_back({incarnation, std::move(channel)});
}

}  // namespace warp::channel
