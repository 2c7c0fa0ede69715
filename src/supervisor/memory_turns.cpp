#include "supervisor/memory_turns.hpp"

#include <algorithm>
#include <utility>

namespace warp::supervisor {

void MemoryTurns::look(std::span<const Slot> slots) {
  const Clock::time_point now = host_.now();
  std::map<pid_t, Clock::time_point> due;
  const Slot* next = nullptr;
  for (const Slot& slot : slots) {
    if (slot.pid() == 0 || !slot.ready_at()) continue;
    const auto known = due_.find(slot.pid());
    due[slot.pid()] = known == due_.end() ? *slot.ready_at() : known->second;
    if (next == nullptr || due[slot.pid()] < due[next->pid()]) next = &slot;
  }
  due_ = std::move(due);
  if (next == nullptr || due_[next->pid()] > now) return;
  if (const auto bytes = host_.proportional_bytes_of(next->pid()))
    next->note_proportional_memory(*bytes);
  const Clock::time_point end = host_.now();
  due_[next->pid()] =
      end + std::max<Clock::duration>(kProportionalInterval, (end - now) * kRestAfterLook);
}

}  // namespace warp::supervisor
